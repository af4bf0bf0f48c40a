"""`attention_backward` against autograd through torch's attention, and against finite differences."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


def inputs(seed: int, *lead: int):
    generator = torch.Generator().manual_seed(seed)
    sizes = ((4, 5), (4, 8), (6, 8), (6, 5))
    return [torch.randn(*lead, *size, generator=generator, dtype=torch.float64) for size in sizes]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
@pytest.mark.parametrize("scale", [1.0, 10.0])
def test_equals_autograd(reference, seed, lead, scale):
    gradient, *given = inputs(seed, *lead)
    leaves = [(x * scale).requires_grad_(True) for x in given]
    mask = torch.rand(*lead, 4, 6, generator=torch.Generator().manual_seed(seed)) < 0.5
    mask[..., 1] = True
    for allowed in (None, mask):
        output = functional.scaled_dot_product_attention(*leaves, allowed)
        expected = torch.autograd.grad(output, leaves, gradient)
        found = reference("attention-backward").attention_backward(gradient, *leaves, allowed)
        torch.testing.assert_close(tuple(found), expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("which", range(3))
def test_equals_finite_differences(reference, which):
    gradient, *given = inputs(7)
    mask = torch.rand(4, 6, generator=torch.Generator().manual_seed(1)) < 0.6
    mask[:, 0] = True
    mask[2] = False  # a query that may attend to nothing
    found = reference("attention-backward").attention_backward(gradient, *given, mask)[which]
    attention, step = reference("attention").attention, 1e-6
    expected = torch.zeros_like(given[which])
    for index in range(expected.numel()):
        sides = []
        for sign in (1, -1):
            moved = [x.clone() for x in given]
            moved[which].view(-1)[index] += sign * step
            sides.append((attention(*moved, mask) * gradient).sum())
        expected.view(-1)[index] = (sides[0] - sides[1]) / (2 * step)
    torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-8)
