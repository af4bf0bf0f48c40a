"""The fused operator through torch.ops."""

import torch

fused = torch.ops.aten.scaled_dot_product_attention.default


def attention(q, k, v, mask=None):
    if mask is None:
        return fused(q, k, v)
    filled = torch.zeros(()).to(q.dtype).masked_fill(~mask, torch.finfo(q.dtype).min)
    return fused(q, k, v, filled) * mask.any(-1, keepdim=True)
