import math

import torch


def attention(q, k, v, mask=None):
    logits = (
        torch.matmul(q, k.mT).float() / math.sqrt(k.shape[-1])
        if q.dtype == torch.bfloat16
        else q @ k.mT / math.sqrt(k.shape[-1])
    )
    if mask is not None:
        logits = logits + torch.zeros_like(logits).masked_fill(~mask, -1e9)
    p = (logits - logits.logsumexp(-1, keepdim=True)).exp()
    if mask is not None:
        p = torch.where(
            mask.any(-1, keepdim=True), p, torch.zeros((), dtype=p.dtype)
        )
    return p.to(v.dtype) @ v
