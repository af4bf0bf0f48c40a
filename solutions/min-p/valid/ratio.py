"""The ratio to the likeliest token, by one exponential."""

import torch


def min_p_filter(logits, min_p):
    z = logits.float()
    ratio = torch.exp(z - z.amax(-1, keepdim=True))
    out = logits.clone()
    out[ratio < min_p] = float("-inf")
    return out
