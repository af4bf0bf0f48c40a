"""Row by row, in Python."""

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError("k < 1")
    if logits.dim() > 1:
        return torch.stack([top_k_filter(row, k) for row in logits])
    order = sorted(range(len(logits)), key=logits.tolist().__getitem__)
    result = logits.clone()
    result[order[: max(len(order) - k, 0)]] = -torch.inf
    return result
