"""The k values scattered into a row of −∞."""

import torch


def top_k_filter(logits, k):
    if k <= 0:
        raise ValueError("k must be positive")
    values, indices = torch.topk(logits, min(k, logits.shape[-1]))
    return torch.full_like(logits, -torch.inf).scatter(-1, indices, values)
