"""Rows beyond the edge wrap around instead of being masked; the tiles are converted to float32 first."""

import torch
import triton
import triton.language as tl


@triton.jit
def kernel(
    a,
    b,
    c,
    M,
    K,
    N,
    am,
    ak,
    bk,
    bn,
    BM: tl.constexpr,
    BN: tl.constexpr,
    BK: tl.constexpr,
):
    m = tl.program_id(1) * BM + tl.arange(0, BM)
    n = tl.program_id(0) * BN + tl.arange(0, BN)
    total = tl.zeros((BN, BM), dtype=tl.float32)
    for start in range(0, K, BK):
        k = start + tl.arange(0, BK)
        x = tl.load(
            a + (m % M)[:, None] * am + k[None, :] * ak,
            mask=k[None, :] < K,
            other=0.0,
        )
        y = tl.load(
            b + k[:, None] * bk + (n % N)[None, :] * bn,
            mask=k[:, None] < K,
            other=0.0,
        )
        total += tl.dot(tl.trans(y.to(tl.float32)), tl.trans(x.to(tl.float32)))
    tl.store(
        c + m[:, None] * N + n[None, :],
        tl.trans(total),
        mask=(m[:, None] < M) & (n[None, :] < N),
    )


def matmul(a, b, block_m=16, block_n=16, block_k=16):
    c = torch.empty((a.shape[0], b.shape[1]), dtype=a.dtype)
    grid = (triton.cdiv(b.shape[1], block_n), triton.cdiv(a.shape[0], block_m))
    kernel[grid](
        a,
        b,
        c,
        *a.shape,
        b.shape[1],
        *a.stride(),
        *b.stride(),
        BM=block_m,
        BN=block_n,
        BK=block_k,
    )
    return c
