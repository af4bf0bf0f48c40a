"""GSPO against the paper's objective in plain Python, and its gradient in closed form."""

from __future__ import annotations

import math

import pytest
import torch

N, LENGTH, LOW, HIGH = 5, 6, 0.25, 0.4


def batch(seed: int):
    generator = torch.Generator().manual_seed(seed)
    old = torch.randn(N, LENGTH, generator=generator, dtype=torch.float64) - 3
    new = old + 0.5 * torch.randn(N, LENGTH, generator=generator, dtype=torch.float64)
    advantages = torch.randn(N, generator=generator, dtype=torch.float64)
    mask = torch.arange(LENGTH) < torch.randint(1, LENGTH + 1, (N, 1), generator=generator)
    return new.requires_grad_(), old, advantages, mask


def ratio_of(new, old, mask, row: int) -> float:
    length = int(mask[row].sum())
    probability = math.prod(math.exp(new[row, t].item()) for t in range(length))
    before = math.prod(math.exp(old[row, t].item()) for t in range(length))
    return (probability / before) ** (1 / length)


@pytest.mark.parametrize("seed", range(5))
def test_equals_the_objective_of_the_paper(reference, seed):
    new, old, advantages, mask = batch(seed)
    ours = reference("gspo").gspo_loss(new, old, advantages, mask, LOW, HIGH)
    terms = []
    for row, advantage in enumerate(advantages.tolist()):
        s = ratio_of(new, old, mask, row)
        terms.append(min(s * advantage, min(max(s, 1 - LOW), 1 + HIGH) * advantage))
    assert ours.item() == pytest.approx(-sum(terms) / N, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_gradient_weighs_all_tokens_of_an_answer_alike(reference, seed):
    new, old, advantages, mask = batch(seed)
    loss = reference("gspo").gspo_loss(new, old, advantages, mask, LOW, HIGH)
    (gradient,) = torch.autograd.grad(loss, new)
    expected = torch.zeros_like(new)
    for row, advantage in enumerate(advantages.tolist()):
        s, length = ratio_of(new, old, mask, row), int(mask[row].sum())
        if (s < 1 + HIGH) if advantage > 0 else (s > 1 - LOW):
            expected[row, :length] = -advantage * s / length / N
    torch.testing.assert_close(gradient, expected)


@pytest.mark.parametrize("seed", range(5))
def test_token_variant_is_the_same_for_one_advantage_per_answer(reference, seed):
    new, old, advantages, mask = batch(seed)
    module = reference("gspo")
    spread = advantages[:, None].expand(N, LENGTH)
    losses = [
        module.gspo_loss(new, old, advantages, mask, LOW, HIGH),
        module.gspo_token_loss(new, old, spread, mask, LOW, HIGH),
    ]
    torch.testing.assert_close(*losses)
    torch.testing.assert_close(*[torch.autograd.grad(loss, new)[0] for loss in losses])
