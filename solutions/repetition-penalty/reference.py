"""Repetition penalty (Keskar et al. 2019, §4.1) and n-gram blocking."""

import torch
from torch import Tensor


def repetition_penalty(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Push the logits of tokens that have occurred down, whatever their sign.

    Shapes: logits (B, V), ids (B, T) -> (B, V).
    """
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    lower = torch.where(logits > 0, logits / penalty, logits * penalty)
    return torch.where(seen, lower, logits)


def no_repeat_ngram(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Forbid the tokens that would complete an n-gram the text has already.

    Shapes: logits (B, V), ids (B, T) -> (B, V).
    """
    length = ids.size(1)
    if length < n:
        return logits.clone()
    windows = ids.unfold(1, n, 1)  # (B, T - n + 1, n), all n-grams so far
    begun = ids[:, length - n + 1 :]  # (B, n - 1), the n-gram being written
    # (B, T - n + 1), those that begin like it
    repeats = (windows[..., :-1] == begun[:, None]).all(dim=-1)
    # counted, because windows that end alike may or may not repeat
    counts = torch.zeros_like(logits, dtype=torch.long)
    counts = counts.scatter_add(1, windows[..., -1], repeats.long())  # (B, V)
    return logits.masked_fill(counts > 0, -torch.inf)
