"""The entropy against torch.distributions, the value loss case by case, the whole loss by its gradients."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Categorical


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scale", [0.1, 2.0, 30.0])
def test_entropy_equals_categorical_with_gradients(reference, seed, scale):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(3, 5, 7, generator=generator, dtype=torch.float64) * scale
    logits.requires_grad_(True)
    mask = torch.rand(3, 5, generator=generator) < 0.6
    ours = reference("ppo-value-loss").mean_entropy(logits, mask)
    theirs = Categorical(logits=logits).entropy()[mask].mean()
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(value, logits)[0] for value in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("epsilon", [0.1, 0.5])
def test_value_loss_case_by_case(reference, seed, epsilon):
    generator = torch.Generator().manual_seed(seed)
    new, old, returns = (torch.randn(3, 6, generator=generator, dtype=torch.float64) for _ in range(3))
    mask = torch.rand(3, 6, generator=generator) < 0.7
    new.requires_grad_(True)
    loss = reference("ppo-value-loss").value_loss(new, old, returns, mask, epsilon)
    losses, slopes = [], torch.zeros_like(new)
    for row, column in mask.nonzero().tolist():
        value, before, target = (x[row, column].item() for x in (new, old, returns))
        near = max(before - epsilon, min(before + epsilon, value))
        losses.append(max((value - target) ** 2, (near - target) ** 2) / 2)
        if near == value or abs(value - target) > abs(near - target):
            slopes[row, column] = value - target
    assert loss.item() == pytest.approx(sum(losses) / len(losses), abs=1e-12)
    (gradient,) = torch.autograd.grad(loss, new)
    torch.testing.assert_close(gradient, slopes / len(losses), rtol=1e-9, atol=1e-12)


def test_gradients_of_the_whole_loss_are_its_coefficients(reference):
    parts = [torch.tensor(value, requires_grad=True) for value in (0.3, 1.2, 2.0)]
    loss = reference("ppo-value-loss").ppo_loss(*parts, 0.25, 0.125)
    gradients = torch.autograd.grad(loss, parts)
    assert [gradient.item() for gradient in gradients] == [1.0, 0.25, -0.125]
