"""DAPO: clip higher, dynamic sampling, token mean (Yu et al. 2025, §3)."""

import torch
from torch import Tensor


def mixed_groups(rewards: Tensor, group_size: int) -> Tensor:
    """True for each answer whose group is neither all right nor all wrong.

    Shapes: rewards (N,), the answers to one prompt next to each other ->
    boolean (N,). Raises ValueError if the last group is incomplete.
    """
    if rewards.numel() % group_size:
        raise ValueError(
            f"{rewards.numel()} rewards do not make groups of {group_size}"
        )
    groups = rewards.reshape(-1, group_size)  # (P, G)
    mixed = (groups != groups[:, :1]).any(-1)  # (P,)
    return mixed.repeat_interleave(group_size)


def dapo_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    rewards: Tensor,
    mask: Tensor,
    group_size: int,
    epsilon_low: float = 0.2,
    epsilon_high: float = 0.28,
    eps: float = 1e-4,
) -> Tensor:
    """Clipped loss, averaged over all tokens of the answers that teach.

    Shapes: log-probabilities and mask (N, T), rewards (N,) -> (). Gradient
    flows to `log_probs` alone.
    """
    kept = mixed_groups(rewards, group_size)  # (N,)
    counted = mask & kept.unsqueeze(-1)  # (N, T)

    groups = rewards.detach().reshape(-1, group_size)
    centred = groups - groups.mean(-1, keepdim=True)
    advantage = centred / (groups.std(-1, keepdim=True) + eps)
    advantage = advantage.reshape(-1, 1)  # (N, 1), for all tokens of an answer

    log_ratio = log_probs - old_log_probs.detach()
    # masked before exp: ∞ times a gradient of 0 would be NaN
    ratio = log_ratio.masked_fill(~counted, 0.0).exp()
    clipped = ratio.clamp(1 - epsilon_low, 1 + epsilon_high)
    gain = torch.min(ratio * advantage, clipped * advantage)
    total = gain.masked_fill(~counted, 0.0).sum()
    return -total / counted.sum().clamp(min=1)
