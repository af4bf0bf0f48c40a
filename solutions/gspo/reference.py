"""Group sequence policy optimisation (Zheng et al. 2025, §4)."""

import torch
from torch import Tensor


def gspo_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    epsilon_low: float = 3e-4,
    epsilon_high: float = 4e-4,
) -> Tensor:
    """Clipped loss with one importance ratio per answer.

    Shapes: log-probabilities and mask (N, T), advantages (N,) -> (). Gradient
    flows to `log_probs` alone.
    """
    ratio = sequence_log_ratio(log_probs, old_log_probs, mask).exp()  # (N,)
    gain = clipped_gain(ratio, advantages, epsilon_low, epsilon_high)
    return -gain.masked_fill(~mask.any(-1), 0.0).mean()


def gspo_token_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    epsilon_low: float = 3e-4,
    epsilon_high: float = 4e-4,
) -> Tensor:
    """The same for advantages that differ from token to token; all (N, T)."""
    sequence_ratio = sequence_log_ratio(log_probs, old_log_probs, mask).exp()
    own = log_probs.masked_fill(~mask, 0.0)
    one = (own - own.detach()).exp()  # 1, with the gradient of log π
    ratio = sequence_ratio.detach().unsqueeze(-1) * one  # (N, T)
    gain = clipped_gain(ratio, advantages, epsilon_low, epsilon_high)
    gain = gain.masked_fill(~mask, 0.0).sum(-1)
    return -(gain / mask.sum(-1).clamp(min=1)).mean()


def sequence_log_ratio(
    log_probs: Tensor, old_log_probs: Tensor, mask: Tensor
) -> Tensor:
    """Mean over the tokens of log π − log π_old; (N, T) -> (N,)."""
    log_ratio = log_probs - old_log_probs.detach()
    # masked before exp: ∞ times a gradient of 0 would be NaN
    total = log_ratio.masked_fill(~mask, 0.0).sum(-1)
    return total / mask.sum(-1).clamp(min=1)


def clipped_gain(
    ratio: Tensor, advantages: Tensor, low: float, high: float
) -> Tensor:
    """PPO's min(r·A, clip(r)·A), elementwise."""
    advantages = advantages.detach()
    clipped = ratio.clamp(1 - low, 1 + high)
    return torch.min(ratio * advantages, clipped * advantages)
