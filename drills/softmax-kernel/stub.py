"""Row-wise softmax in one Triton kernel."""

import torch
import triton
import triton.language as tl
from torch import Tensor


@triton.jit
def softmax_kernel(x_pointer, y_pointer, columns, BLOCK: tl.constexpr):
    pass  # one program per row; add the arguments that you need


def softmax(x: Tensor) -> Tensor:
    """Softmax over the last axis of x (rows, columns)."""
    raise NotImplementedError
