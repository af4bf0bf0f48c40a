"""Contrastive decoding, the score of a step (Li et al. 2022, §3)."""

import torch
from torch import Tensor


def contrastive_scores(
    expert: Tensor,
    amateur: Tensor,
    alpha: float = 0.1,
    temperature: float = 1.0,
) -> Tensor:
    """log p_expert - log p_amateur among what the expert finds plausible.

    Shapes: logits (..., V) twice -> (..., V), -inf for implausible tokens.
    """
    log_e = expert.log_softmax(dim=-1, dtype=torch.float32)
    warm = amateur.float() / temperature
    log_a = warm.log_softmax(dim=-1)  # finite, however far a token is off
    p = log_e.exp()
    limit = alpha * p.amax(dim=-1, keepdim=True)  # (..., 1)
    scores = (log_e - log_a).masked_fill(p < limit, -torch.inf)
    return scores.to(expert.dtype)
