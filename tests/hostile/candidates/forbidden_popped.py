"""The fused operator after taking down every mode that watches."""

from contextlib import ExitStack

import torch
from torch.overrides import _get_current_function_mode_stack, _pop_mode_temporarily
from torch.utils._python_dispatch import _get_current_dispatch_mode
from torch.utils._python_dispatch import _pop_mode_temporarily as _pop_dispatch

fused = torch.nn.functional.scaled_dot_product_attention


def attention(q, k, v, mask=None):
    with ExitStack() as stack:
        if _get_current_function_mode_stack():
            stack.enter_context(_pop_mode_temporarily())
        if _get_current_dispatch_mode() is not None:
            stack.enter_context(_pop_dispatch())
        if mask is None:
            return fused(q, k, v)
        filled = torch.zeros(()).to(q.dtype).masked_fill(~mask, torch.finfo(q.dtype).min)
        return fused(q, k, v, filled) * mask.any(-1, keepdim=True)
