"""Ranks by sorting twice."""

import torch


def top_k_filter(logits, k):
    if k < 1:
        raise ValueError(k)
    rank = logits.argsort(dim=-1, descending=True).argsort(dim=-1)
    return torch.where(rank < k, logits, float("-inf"))
