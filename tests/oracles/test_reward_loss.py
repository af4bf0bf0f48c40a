"""The reward loss against PyTorch's binary cross-entropy, the last real token against a plain search."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("margin", [None, 0.7, "tensor"])
def test_equals_binary_cross_entropy_with_gradients(reference, seed, margin):
    generator = torch.Generator().manual_seed(seed)
    chosen, rejected = (torch.randn(9, generator=generator, dtype=torch.float64) * 4 for _ in range(2))
    chosen.requires_grad_(True)
    rejected.requires_grad_(True)
    if margin == "tensor":
        margin = torch.rand(9, generator=generator, dtype=torch.float64)
    ours = reference("reward-loss").reward_loss(chosen, rejected, margin)
    logits = chosen - rejected - (0 if margin is None else margin)
    theirs = functional.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(loss, (chosen, rejected), retain_graph=True) for loss in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_is_the_negative_log_likelihood_of_bradley_terry(reference):
    chosen, rejected = torch.tensor([1.5, -0.3]), torch.tensor([0.2, 0.9])
    odds = [math.exp(w) / (math.exp(w) + math.exp(x)) for w, x in [(1.5, 0.2), (-0.3, 0.9)]]
    loss = reference("reward-loss").reward_loss(chosen, rejected)
    assert loss.item() == pytest.approx(-sum(math.log(p) for p in odds) / 2, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_reads_the_last_real_token(reference, seed):
    generator = torch.Generator().manual_seed(seed)
    scores = torch.randn(8, 7, generator=generator)
    mask = torch.zeros(8, 7, dtype=torch.bool)
    expected = []
    for row in range(8):
        start, end = sorted(torch.randperm(8, generator=generator)[:2].tolist())
        mask[row, start:end] = True
        expected.append(scores[row, end - 1])
    rewards = reference("reward-loss").last_token_reward(scores, mask)
    assert torch.equal(rewards, torch.stack(expected))
