"""`dpo_loss` against the paper's formula in plain Python, and PyTorch's cross-entropy with gradients."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional


def pairs(seed: int, n: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    values = [torch.randn(n, generator=generator, dtype=torch.float64) * 5 - 40 for _ in range(4)]
    return [value.requires_grad_(True) for value in values]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("beta", [0.1, 0.9])
def test_equals_the_formula_of_the_paper(reference, seed, beta):
    arguments = pairs(seed, 7)
    loss, chosen, rejected = reference("dpo").dpo_loss(*arguments, beta)
    losses = []
    for pw, pl, rw, rl in zip(*(value.tolist() for value in arguments), strict=True):
        h = beta * (pw - rw) - beta * (pl - rl)
        losses.append(-math.log(1 / (1 + math.exp(-h))))
    assert loss.item() == pytest.approx(sum(losses) / 7, abs=1e-10)
    torch.testing.assert_close(chosen, beta * (arguments[0] - arguments[2]).detach())
    torch.testing.assert_close(rejected, beta * (arguments[1] - arguments[3]).detach())
    assert not chosen.requires_grad
    assert not rejected.requires_grad


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("epsilon", [0.0, 0.1, 0.5])
def test_equals_binary_cross_entropy_with_gradients(reference, seed, epsilon):
    arguments = pairs(seed, 6)
    ours = reference("dpo").dpo_loss(*arguments, 0.3, epsilon)[0]
    h = 0.3 * ((arguments[0] - arguments[1]) - (arguments[2] - arguments[3]))
    theirs = functional.binary_cross_entropy_with_logits(h, torch.full_like(h, 1 - epsilon))
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(value, arguments[:2], retain_graph=True) for value in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)
    assert torch.autograd.grad(ours, arguments[2:], allow_unused=True) == (None, None)


def test_gradient_weighs_wrongly_ranked_pairs_more(reference):
    """§4 of the paper: the weight of a pair is β·σ(r_l − r_w)."""
    arguments = pairs(0, 5)
    loss, chosen, rejected = reference("dpo").dpo_loss(*arguments, 0.2)
    (gradient,) = torch.autograd.grad(loss, arguments[0])
    torch.testing.assert_close(gradient, -0.2 * (rejected - chosen).sigmoid() / 5)
