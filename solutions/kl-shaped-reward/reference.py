"""Reward per token with a KL penalty (Ouyang et al. 2022, §3.5, Eq. 2)."""

import torch
from torch import Tensor


@torch.no_grad()  # a reward is a number, not a path for gradients
def kl_shaped_reward(
    scores: Tensor,
    log_probs: Tensor,
    reference_log_probs: Tensor,
    mask: Tensor,
    beta: float,
) -> Tensor:
    """−β·(log π − log π_ref) at every token, plus the score at the last one.

    Shapes: scores (B,), log-probabilities and mask (B, T), mask True = token
    of the answer -> (B, T), 0 outside the answer.
    """
    log_ratio = log_probs - reference_log_probs  # k1 of each token, (B, T)
    penalty = beta * log_ratio.masked_fill(~mask, 0.0)
    positions = torch.arange(mask.size(-1), device=mask.device)
    last = (positions * mask).argmax(-1, keepdim=True)  # (B, 1)
    is_last = (positions == last) & mask  # an empty answer has none
    return scores.unsqueeze(-1).masked_fill(~is_last, 0.0) - penalty
