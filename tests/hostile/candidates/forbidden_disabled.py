"""The fused operator while torch functions are disabled."""

import torch

fused = torch._C._nn.scaled_dot_product_attention


def attention(q, k, v, mask=None):
    with torch._C.DisableTorchFunction():
        if mask is None:
            return fused(q, k, v)
        filled = torch.zeros(()).to(q.dtype).masked_fill(~mask, torch.finfo(q.dtype).min)
        return fused(q, k, v, filled) * mask.any(-1, keepdim=True)
