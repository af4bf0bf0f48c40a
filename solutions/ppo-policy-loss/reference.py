"""Clipped policy loss of PPO (Schulman et al. 2017, §3, Eq. 7)."""

import torch
from torch import Tensor


def ppo_policy_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    epsilon: float = 0.2,
) -> Tensor:
    """Mean of −min(r·A, clip(r, 1 − ε, 1 + ε)·A) over the tokens of the batch.

    All arguments (B, T), mask True = token of an answer -> (). Gradient flows
    to `log_probs` alone.
    """
    advantages = advantages.detach()
    log_ratio = log_probs - old_log_probs.detach()  # (B, T)
    # before exp: an infinite ratio times a gradient of 0 would be NaN
    ratio = log_ratio.masked_fill(~mask, 0.0).exp()
    clipped = ratio.clamp(1 - epsilon, 1 + epsilon)
    # the smaller one: no credit for leaving the range in the good direction,
    # full blame for leaving it in the bad one
    gain = torch.min(ratio * advantages, clipped * advantages)
    total = gain.masked_fill(~mask, 0.0).sum()
    return -total / mask.sum().clamp(min=1)
