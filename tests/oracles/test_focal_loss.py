"""The focal losses against the formula of the paper in float64, and torch's cross-entropies at γ = 0."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


def draw(seed: int) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(12, 4, generator=generator, dtype=torch.float64).mul(2).requires_grad_()
    targets = torch.randint(0, 4, (12,), generator=generator)
    return logits, targets, torch.rand(4, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("gamma", [0.5, 1.0, 2.0, 5.0])
def test_classes_equal_the_formula(reference, seed, gamma):
    logits, targets, alpha = draw(seed)
    p = logits.softmax(1)[range(12), targets]
    formula = -(alpha[targets] * (1 - p) ** gamma * p.log()).mean()
    ours = reference("focal-loss").focal_loss(logits, targets, gamma, alpha)
    torch.testing.assert_close(ours, formula)
    gradients = [torch.autograd.grad(loss, logits)[0] for loss in (ours, formula)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("seed", range(3))
def test_binary_equals_the_formula(reference, seed):
    logits, targets, _ = draw(seed)
    zeros_and_ones = (targets[:, None] == torch.arange(4)).long()
    p = torch.sigmoid(logits)
    ones = -0.25 * (1 - p) ** 2 * p.log()
    zeros = -0.75 * p**2 * (1 - p).log()
    formula = torch.where(zeros_and_ones == 1, ones, zeros).mean()
    ours = reference("focal-loss").binary_focal_loss(logits, zeros_and_ones, 2.0, 0.25)
    torch.testing.assert_close(ours, formula)


def test_without_gamma_it_is_cross_entropy(reference):
    logits, targets, _ = draw(0)
    drill, binary = reference("focal-loss"), (targets > 1).long()
    torch.testing.assert_close(
        drill.focal_loss(logits, targets, 0.0), functional.cross_entropy(logits, targets)
    )
    torch.testing.assert_close(
        drill.binary_focal_loss(logits[:, 0], binary, 0.0),
        functional.binary_cross_entropy_with_logits(logits[:, 0], binary.double()),
    )
