"""Nucleus (top-p) filter (Holtzman et al. 2019, §3.1)."""

import torch
from torch import Tensor


def top_p_filter(logits: Tensor, p: float) -> Tensor:
    """Keep the fewest most likely tokens that hold the probability p.

    Shapes: (..., V) -> (..., V); the other logits become -inf.
    """
    if p >= 1:  # the sum of all may round to 1 before the last token
        return logits.clone()
    ordered, order = logits.sort(dim=-1, descending=True)
    probabilities = ordered.softmax(dim=-1, dtype=torch.float32)
    # what the likelier tokens hold: the token that crosses p has less than p
    # before it, so it stays
    before = probabilities.cumsum(dim=-1) - probabilities
    drop = before >= p
    drop[..., 0] = False  # the likeliest stays, even for p = 0
    # from the sorted order back to the order of the vocabulary
    drop = torch.zeros_like(drop).scatter(-1, order, drop)
    return logits.masked_fill(drop, -torch.inf)
