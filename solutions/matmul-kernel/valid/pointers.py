"""One-dimensional grid; pointers that are moved along K; the product as a sum over broadcast tiles."""

import torch
import triton
import triton.language as tl


@triton.jit
def kernel(
    a,
    b,
    c,
    M,
    N,
    K,
    am,
    ak,
    bk,
    bn,
    cm,
    cn,
    BM: tl.constexpr,
    BN: tl.constexpr,
    BK: tl.constexpr,
):
    program = tl.program_id(0)
    across = tl.cdiv(N, BN)
    m = (program // across) * BM + tl.arange(0, BM)
    n = (program % across) * BN + tl.arange(0, BN)
    k = tl.arange(0, BK)
    a_pointers = a + m[:, None] * am + k[None, :] * ak
    b_pointers = b + k[:, None] * bk + n[None, :] * bn
    total = tl.zeros((BM, BN), dtype=tl.float32)
    for step in range(tl.cdiv(K, BK)):
        left = K - step * BK
        x = tl.load(
            a_pointers, mask=(m[:, None] < M) & (k[None, :] < left), other=0.0
        )
        y = tl.load(
            b_pointers, mask=(n[None, :] < N) & (k[:, None] < left), other=0.0
        )
        total = tl.dot(x, y, total)
        a_pointers += BK * ak
        b_pointers += BK * bk
    tl.store(
        c + m[:, None] * cm + n[None, :] * cn,
        total.to(c.dtype.element_ty),
        mask=(m[:, None] < M) & (n[None, :] < N),
    )


def matmul(a, b, block_m=16, block_n=16, block_k=16):
    M, K = a.shape
    N = b.size(-1)
    c = a.new_empty((M, N))
    tiles = triton.cdiv(M, block_m) * triton.cdiv(N, block_n)
    kernel[(tiles,)](
        a,
        b,
        c,
        M,
        N,
        K,
        *a.stride(),
        *b.stride(),
        *c.stride(),
        BM=block_m,
        BN=block_n,
        BK=block_k,
    )
    return c
