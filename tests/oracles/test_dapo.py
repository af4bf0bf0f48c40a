"""`dapo_loss` against the paper's objective, token by token in plain Python."""

from __future__ import annotations

import math
import statistics

import pytest
import torch

GROUP, LENGTH = 3, 6


def batch(seed: int, rewards: list[float]):
    generator = torch.Generator().manual_seed(seed)
    n = len(rewards)
    old = torch.randn(n, LENGTH, generator=generator, dtype=torch.float64) - 3
    new = old + 0.4 * torch.randn(n, LENGTH, generator=generator, dtype=torch.float64)
    lengths = torch.randint(1, LENGTH + 1, (n, 1), generator=generator)
    return new, old, torch.tensor(rewards, dtype=torch.float64), torch.arange(LENGTH) < lengths


REWARDS = [
    [1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
    [1.0, 1.0, 1.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.3, 0.9, -0.5, 1.0, 1.0, 1.0],
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rewards", REWARDS)
def test_equals_the_objective_term_by_term(reference, seed, rewards):
    new, old, tensor, mask = batch(seed, rewards)
    ours = reference("dapo").dapo_loss(new, old, tensor, mask, GROUP, 0.15, 0.3, 0.0)
    total, tokens = 0.0, 0
    for start in range(0, len(rewards), GROUP):
        group = rewards[start : start + GROUP]
        if min(group) == max(group):
            continue
        mean, std = statistics.mean(group), statistics.stdev(group)
        for row in range(start, start + GROUP):
            advantage = (rewards[row] - mean) / std
            for t in range(int(mask[row].sum())):
                ratio = math.exp(new[row, t].item() - old[row, t].item())
                clipped = min(max(ratio, 0.85), 1.3)
                total += min(ratio * advantage, clipped * advantage)
                tokens += 1
    assert ours.item() == pytest.approx(-total / tokens, abs=1e-12)


def test_gradient_is_that_of_the_tokens_within_the_clip(reference):
    """Where the minimum takes r·A, the gradient of a token is −r·A over the number of tokens; else 0."""
    new, old, rewards, mask = batch(1, REWARDS[1])
    loss = reference("dapo").dapo_loss(new.requires_grad_(), old, rewards, mask, GROUP, 0.2, 0.28, 0.0)
    (gradient,) = torch.autograd.grad(loss, new)
    assert not gradient[:GROUP].any()  # all equal: dropped
    group = rewards[GROUP:]
    advantage = ((group - group.mean()) / group.std())[:, None]
    ratio = (new - old).exp().detach()[GROUP:]
    active = torch.where(advantage > 0, ratio < 1.28, ratio > 0.8) & mask[GROUP:]
    expected = torch.where(active, -ratio * advantage, 0.0) / mask[GROUP:].sum()
    torch.testing.assert_close(gradient[GROUP:], expected)
