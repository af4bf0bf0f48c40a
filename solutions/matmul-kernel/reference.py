"""Matrix product in Triton: each program makes one tile of the result."""

import torch
import triton
import triton.language as tl
from torch import Tensor


@triton.jit
def matmul_kernel(
    a_pointer,
    b_pointer,
    c_pointer,
    M,
    N,
    K,
    a_row_stride,
    a_column_stride,
    b_row_stride,
    b_column_stride,
    c_row_stride,
    BLOCK_M: tl.constexpr,
    BLOCK_N: tl.constexpr,
    BLOCK_K: tl.constexpr,
):
    row = tl.program_id(axis=0) * BLOCK_M + tl.arange(0, BLOCK_M)  # (BLOCK_M,)
    column = tl.program_id(axis=1) * BLOCK_N + tl.arange(
        0, BLOCK_N
    )  # (BLOCK_N,)
    rows, columns = row[:, None], column[None, :]  # (BLOCK_M, 1), (1, BLOCK_N)

    total = tl.zeros((BLOCK_M, BLOCK_N), dtype=tl.float32)
    for start in range(0, K, BLOCK_K):
        inner = start + tl.arange(0, BLOCK_K)  # (BLOCK_K,)
        a = tl.load(  # (BLOCK_M, BLOCK_K); beyond the edge 0: it adds nothing
            a_pointer + rows * a_row_stride + inner[None, :] * a_column_stride,
            mask=(rows < M) & (inner[None, :] < K),
            other=0.0,
        )
        b = tl.load(  # (BLOCK_K, BLOCK_N)
            b_pointer
            + inner[:, None] * b_row_stride
            + columns * b_column_stride,
            mask=(inner[:, None] < K) & (columns < N),
            other=0.0,
        )
        total += tl.dot(a, b)

    tl.store(
        c_pointer + rows * c_row_stride + columns,
        total,
        mask=(rows < M) & (columns < N),
    )


def matmul(
    a: Tensor,
    b: Tensor,
    block_m: int = 16,
    block_n: int = 16,
    block_k: int = 16,
) -> Tensor:
    """a (M, K) times b (K, N) is (M, N), in the dtype of the arguments."""
    (M, K), N = a.shape, b.shape[1]
    c = torch.empty(M, N, dtype=a.dtype, device=a.device)
    grid = (triton.cdiv(M, block_m), triton.cdiv(N, block_n))
    matmul_kernel[grid](
        a,
        b,
        c,
        M,
        N,
        K,
        *a.stride(),
        *b.stride(),
        c.stride(0),
        BLOCK_M=block_m,
        BLOCK_N=block_n,
        BLOCK_K=block_k,
    )
    return c
