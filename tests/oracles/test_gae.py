"""`gae` against the sum of the paper, term by term, and against the two cases that have names."""

from __future__ import annotations

import pytest
import torch


def rollout(seed: int, size: int, steps: int, ends: float) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(seed)
    rewards, values = (torch.randn(size, steps, generator=generator, dtype=torch.float64) for _ in range(2))
    last_value = torch.randn(size, generator=generator, dtype=torch.float64)
    return rewards, values, last_value, torch.rand(size, steps, generator=generator) < ends


def advantage(row: int, t: int, rollout: tuple[torch.Tensor, ...], gamma: float, lam: float) -> float:
    """Σ_l (γλ)^l·δ_{t+l} up to the end of the episode."""
    rewards, values, last_value, dones = rollout
    total, weight = 0.0, 1.0
    for s in range(t, rewards.size(1)):
        following = values[row, s + 1] if s + 1 < rewards.size(1) else last_value[row]
        if dones[row, s]:
            return total + weight * (rewards[row, s] - values[row, s]).item()
        total += weight * (rewards[row, s] + gamma * following - values[row, s]).item()
        weight *= gamma * lam
    return total


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("ends", [0.0, 0.3, 0.9])
def test_equals_the_sum_of_the_paper(reference, seed, ends):
    batch = rollout(seed, 3, 7, ends)
    advantages, returns = reference("gae").gae(*batch, 0.9, 0.8)
    expected = [[advantage(row, t, batch, 0.9, 0.8) for t in range(7)] for row in range(3)]
    expected = torch.tensor(expected, dtype=torch.float64)
    torch.testing.assert_close(advantages, expected, rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(returns, expected + batch[1], rtol=1e-10, atol=1e-12)


def test_lambda_zero_is_the_temporal_difference(reference):
    rewards, values, last_value, dones = rollout(0, 2, 5, 0.0)
    advantages, _ = reference("gae").gae(rewards, values, last_value, dones, 0.7, 0.0)
    following = torch.cat([values[:, 1:], last_value[:, None]], 1)
    torch.testing.assert_close(advantages, rewards + 0.7 * following - values)


def test_lambda_one_is_the_discounted_return_minus_the_value(reference):
    rewards, values, last_value, dones = rollout(1, 2, 5, 0.0)
    _, returns = reference("gae").gae(rewards, values, last_value, dones, 0.7, 1.0)
    powers = 0.7 ** torch.arange(5, dtype=torch.float64)
    torch.testing.assert_close(returns[:, 0], rewards @ powers + 0.7**5 * last_value)
