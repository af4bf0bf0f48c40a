"""`ppo_policy_loss` against the formula in plain Python; its first gradient is the policy gradient."""

from __future__ import annotations

import math

import pytest
import torch


def batch(seed: int, spread: float) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(seed)
    old = torch.randn(3, 6, generator=generator, dtype=torch.float64) - 3
    new = old + torch.randn(3, 6, generator=generator, dtype=torch.float64) * spread
    advantages = torch.randn(3, 6, generator=generator, dtype=torch.float64)
    mask = torch.rand(3, 6, generator=generator) < 0.7
    return new.requires_grad_(True), old, advantages, mask


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("epsilon", [0.1, 0.2, 0.5])
def test_equals_the_formula_of_the_paper(reference, seed, epsilon):
    new, old, advantages, mask = batch(seed, 0.5)
    loss = reference("ppo-policy-loss").ppo_policy_loss(new, old, advantages, mask, epsilon)
    gains, slopes = [], torch.zeros_like(new)
    for row, column in mask.nonzero().tolist():
        ratio = math.exp(new[row, column].item() - old[row, column].item())
        advantage = advantages[row, column].item()
        gains.append(min(ratio * advantage, max(1 - epsilon, min(1 + epsilon, ratio)) * advantage))
        beyond = ratio > 1 + epsilon if advantage > 0 else ratio < 1 - epsilon
        slopes[row, column] = 0.0 if beyond else ratio * advantage
    assert loss.item() == pytest.approx(-sum(gains) / len(gains), abs=1e-12)
    (gradient,) = torch.autograd.grad(loss, new)
    torch.testing.assert_close(gradient, -slopes / len(gains), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_first_gradient_is_the_policy_gradient(reference, seed):
    new, old, advantages, mask = batch(seed, 0.0)
    loss = reference("ppo-policy-loss").ppo_policy_loss(new, old, advantages, mask)
    expected = -(new * advantages)[mask].mean()
    gradients = [torch.autograd.grad(value, new)[0] for value in (loss, expected)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)
