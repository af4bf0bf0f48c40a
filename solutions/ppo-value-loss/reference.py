"""Value loss, entropy and the whole loss of PPO (Schulman et al. 2017, Eq. 9).

The clip of the value is a detail of implementations, not of the paper.
"""

import torch
from torch import Tensor


def value_loss(
    values: Tensor,
    old_values: Tensor,
    returns: Tensor,
    mask: Tensor,
    epsilon: float = 0.2,
) -> Tensor:
    """Mean of ½·max((V − R)², (V_clip − R)²); all (B, T) -> ()."""
    old_values, returns = old_values.detach(), returns.detach()
    change = (values - old_values).clamp(-epsilon, epsilon)
    error = (values - returns).square()
    clipped_error = (old_values + change - returns).square()
    # the larger one: no credit for moving more than ε towards the return
    return masked_mean(torch.max(error, clipped_error) / 2, mask)


def mean_entropy(logits: Tensor, mask: Tensor) -> Tensor:
    """Mean of −Σ p·log p, in nats; logits (B, T, V), mask (B, T) -> ()."""
    log_p = logits.log_softmax(-1)  # (B, T, V)
    p = log_p.exp()
    # p·log p tends to 0, but 0 · (−∞) is NaN
    return masked_mean(-(p * log_p.masked_fill(p == 0, 0.0)).sum(-1), mask)


def ppo_loss(
    policy: Tensor,
    value: Tensor,
    entropy: Tensor,
    value_coefficient: float = 0.5,
    entropy_coefficient: float = 0.01,
) -> Tensor:
    """The loss to minimise; entropy is to grow, so it is subtracted."""
    return policy + value_coefficient * value - entropy_coefficient * entropy


def masked_mean(x: Tensor, mask: Tensor) -> Tensor:
    """Mean over the tokens with mask True, 0 if there are none."""
    return x.masked_fill(~mask, 0.0).sum() / mask.sum().clamp(min=1)
