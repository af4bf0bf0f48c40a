"""On logits, normalisers apart."""

import torch


def contrastive_scores(expert, amateur, alpha=0.1, temperature=1.0):
    wide = torch.promote_types(expert.dtype, torch.float32)
    z, y = expert.to(wide), amateur.to(wide).div(temperature)
    e = z - z.logsumexp(-1, keepdim=True)
    a = y - y.logsumexp(-1, keepdim=True)
    ratio = (z - z.max(-1, keepdim=True).values).exp()
    out = e - a
    out[ratio < alpha] = float("-inf")
    return out.type_as(expert)
