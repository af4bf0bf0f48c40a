"""Generalised advantage estimation (Schulman et al. 2015, §3)."""

import torch
from torch import Tensor


@torch.no_grad()  # advantages and targets are constants for training
def gae(
    rewards: Tensor,
    values: Tensor,
    last_value: Tensor,
    dones: Tensor,
    gamma: float = 0.99,
    lam: float = 0.95,
) -> tuple[Tensor, Tensor]:
    """Exponentially weighted sums of TD errors, computed from the end.

    Shapes: rewards, values, dones (B, T), last_value (B,), the value of the
    state after the last step -> advantages (B, T), returns (B, T). Nothing
    passes a step at which an episode is done.
    """
    going_on = (~dones).to(rewards.dtype)  # (B, T)
    following = torch.cat([values[:, 1:], last_value.unsqueeze(1)], dim=1)
    delta = rewards + gamma * going_on * following - values  # TD errors (B, T)
    advantages = torch.empty_like(delta)
    advantage = torch.zeros_like(last_value)  # (B,), beyond the last step
    for t in reversed(range(rewards.size(1))):
        advantage = delta[:, t] + gamma * lam * going_on[:, t] * advantage
        advantages[:, t] = advantage
    return advantages, advantages + values
