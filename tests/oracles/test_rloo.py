"""REINFORCE and RLOO against plain Python, and against the exact gradient of the expected reward."""

from __future__ import annotations

import itertools

import pytest
import torch


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("gamma", [1.0, 0.7])
def test_returns_are_the_sums_of_the_definition(reference, seed, gamma):
    rewards = torch.randn(3, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    ours = reference("rloo").returns_to_go(rewards, gamma)
    for row, values in zip(ours.tolist(), rewards.tolist(), strict=True):
        expected = [sum(gamma ** (k - t) * values[k] for k in range(t, 6)) for t in range(6)]
        assert row == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("group", [2, 5])
def test_baseline_is_the_mean_of_the_others(reference, group):
    rewards = torch.randn(4, group, dtype=torch.float64, generator=torch.Generator().manual_seed(group))
    ours = reference("rloo").rloo_advantages(rewards).tolist()
    for row, values in zip(ours, rewards.tolist(), strict=True):
        for i, value in enumerate(values):
            others = values[:i] + values[i + 1 :]
            assert row[i] == pytest.approx(value - sum(others) / len(others), abs=1e-12)


def test_expected_gradient_of_rloo_is_that_of_the_expected_reward(reference):
    """All groups of 3 answers out of 4, weighed by their probability: the estimator has no bias."""
    module = reference("rloo")
    logits = torch.tensor([0.3, -0.5, 1.1, 0.2], dtype=torch.float64, requires_grad=True)
    reward = torch.tensor([1.0, -2.0, 0.5, 3.0], dtype=torch.float64)
    log_p = logits.log_softmax(0)
    (exact,) = torch.autograd.grad((log_p.exp() * reward).sum(), logits, retain_graph=True)
    expected = torch.zeros_like(logits)
    for group in itertools.product(range(4), repeat=3):
        chosen = torch.tensor(group)
        advantages = module.rloo_advantages(reward[chosen][None])[0]
        column, mask = log_p[chosen][:, None], torch.ones(3, 1, dtype=torch.bool)
        loss = module.reinforce_loss(column, advantages[:, None], torch.zeros(3, 1), mask)
        (gradient,) = torch.autograd.grad(loss, logits, retain_graph=True)
        expected -= log_p[chosen].sum().exp().detach() * gradient
    torch.testing.assert_close(expected, exact)
