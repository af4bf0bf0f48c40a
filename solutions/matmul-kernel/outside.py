"""Pads with torch, so that the kernel needs no masks."""

import torch
import torch.nn.functional as F
import triton
import triton.language as tl


@triton.jit
def kernel(a, b, c, N, K, BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr):
    i = (tl.program_id(0) * BM + tl.arange(0, BM))[:, None]
    j = (tl.program_id(1) * BN + tl.arange(0, BN))[None, :]
    total = tl.zeros((BM, BN), dtype=tl.float32)
    for start in range(0, K, BK):
        k = start + tl.arange(0, BK)
        total += tl.dot(
            tl.load(a + i * K + k[None, :]), tl.load(b + k[:, None] * N + j)
        )
    tl.store(c + i * N + j, total)


def matmul(a, b, block_m=16, block_n=16, block_k=16):
    (M, K), N = a.shape, b.shape[1]
    up = lambda n, block: -n % block  # noqa: E731
    x = F.pad(a, (0, up(K, block_k), 0, up(M, block_m))).contiguous()
    y = F.pad(b, (0, up(N, block_n), 0, up(K, block_k))).contiguous()
    c = torch.empty(x.shape[0], y.shape[1], dtype=a.dtype)
    grid = (x.shape[0] // block_m, y.shape[1] // block_n)
    kernel[grid](
        x, y, c, y.shape[1], x.shape[1], BM=block_m, BN=block_n, BK=block_k
    )
    return c[:M, :N].clone()
