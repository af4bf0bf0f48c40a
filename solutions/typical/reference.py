"""Locally typical sampling, the filter (Meister et al. 2022)."""

import torch
from torch import Tensor


def typical_filter(logits: Tensor, mass: float) -> Tensor:
    """Keep the tokens whose surprise is nearest to the entropy.

    Shapes: (..., V) -> (..., V); the other logits become -inf.
    """
    if mass >= 1:  # a running sum may reach 1 too early by rounding
        return logits.clone()
    log_p = logits.log_softmax(dim=-1, dtype=torch.float32)
    p = log_p.exp()
    entropy = torch.special.entr(p).sum(dim=-1, keepdim=True)  # 0 log 0 = 0
    order = (-log_p - entropy).abs().argsort(dim=-1)  # most typical first
    p = p.gather(-1, order)
    dropped = p.cumsum(dim=-1) - p >= mass  # the others reach mass already
    dropped = dropped.scatter(-1, order, dropped)  # back to their places
    return logits.masked_fill(dropped, -torch.inf)
