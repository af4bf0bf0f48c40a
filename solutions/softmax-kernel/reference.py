"""Row-wise softmax in one Triton kernel.

A row is read once, stays on chip, and is written once.
"""

import torch
import triton
import triton.language as tl
from torch import Tensor


@triton.jit
def softmax_kernel(
    x_pointer,
    y_pointer,
    columns,
    x_row_stride,
    x_column_stride,
    y_row_stride,
    BLOCK: tl.constexpr,  # a power of two ≥ columns
):
    row = tl.program_id(axis=0).to(tl.int64)  # row · stride may exceed 2³¹
    column = tl.arange(0, BLOCK)  # (BLOCK,)
    inside = column < columns
    # a lane beyond the row holds −∞: it changes no maximum, and its exp is 0
    x_pointers = x_pointer + row * x_row_stride + column * x_column_stride
    x = tl.load(x_pointers, mask=inside, other=-float("inf")).to(tl.float32)
    numerator = tl.exp(x - tl.max(x, axis=0))
    y = numerator / tl.sum(numerator, axis=0)
    # the store casts to the dtype that y_pointer points to
    tl.store(y_pointer + row * y_row_stride + column, y, mask=inside)


def softmax(x: Tensor) -> Tensor:
    """Softmax over the last axis of x (rows, columns)."""
    rows, columns = x.shape
    # not empty_like: that keeps the strides of a transposed x
    y = torch.empty(rows, columns, dtype=x.dtype, device=x.device)
    block = triton.next_power_of_2(columns)
    softmax_kernel[(rows,)](
        x, y, columns, x.stride(0), x.stride(1), y.stride(0), BLOCK=block
    )
    return y
