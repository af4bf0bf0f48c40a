"""REINFORCE with a baseline (Williams 1992) and leave-one-out (RLOO).

RLOO for language models: Ahmadian et al. 2024.
"""

import torch
from torch import Tensor


@torch.no_grad()
def returns_to_go(rewards: Tensor, gamma: float = 1.0) -> Tensor:
    """Discounted sums of the rewards from each step on; (B, T) -> (B, T)."""
    returns = torch.empty_like(rewards)
    following = torch.zeros_like(rewards[:, 0])  # (B,), after the last step
    for t in reversed(range(rewards.size(1))):
        following = rewards[:, t] + gamma * following
        returns[:, t] = following
    return returns


@torch.no_grad()
def rloo_advantages(rewards: Tensor) -> Tensor:
    """Each reward minus the mean of the others of its group; (P, G) -> (P, G).

    Raises ValueError if there are no others.
    """
    group_size = rewards.size(-1)
    if group_size < 2:
        raise ValueError("leave-one-out needs at least two answers per prompt")
    others = rewards.sum(-1, keepdim=True) - rewards  # without one's own
    return rewards - others / (group_size - 1)


def reinforce_loss(
    log_probs: Tensor, returns: Tensor, baseline: Tensor, mask: Tensor
) -> Tensor:
    """Minus the advantage-weighted log-probability of an answer.

    Shapes: log_probs, mask (N, T), returns (N, T) or (N, 1), baseline
    broadcasts to (N, T) -> (). Tokens are summed, answers averaged.
    """
    advantage = (returns - baseline).detach()  # numbers, not paths
    log_probs = log_probs.masked_fill(~mask, 0.0)  # −∞ times 0 is NaN
    gain = advantage * log_probs  # (N, T)
    return -gain.sum(-1).mean()
