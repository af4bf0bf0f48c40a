"""What the fused operator calls inside, through torch.ops."""

import torch

fused = torch.ops.aten._scaled_dot_product_attention_math.default


def attention(q, k, v, mask=None):
    if mask is None:
        return fused(q, k, v)[0]
    filled = torch.zeros(()).to(q.dtype).masked_fill(~mask, torch.finfo(q.dtype).min)
    return fused(q, k, v, filled)[0] * mask.any(-1, keepdim=True)
