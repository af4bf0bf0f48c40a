"""Newton–Schulz against its polynomial on the singular values, the optimiser against torch.optim.Muon."""

from __future__ import annotations

import pytest
import torch
from torch import nn


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [(3, 5), (7, 2), (4, 4), (2, 6, 3)])
@pytest.mark.parametrize("steps", [1, 2, 5])
def test_equals_the_polynomial_on_the_singular_values(reference, seed, shape, steps):
    generator = torch.Generator().manual_seed(seed)
    matrix = torch.randn(shape, generator=generator, dtype=torch.float64)
    u, values, vh = torch.linalg.svd(matrix, full_matrices=False)
    values = values / values.square().sum(-1, keepdim=True).sqrt()
    for _ in range(steps):
        values = 3.4445 * values - 4.7750 * values**3 + 2.0315 * values**5
    expected = u @ torch.diag_embed(values) @ vh
    torch.testing.assert_close(reference("muon").newton_schulz(matrix, steps), expected)


def test_singular_values_end_near_one(reference):
    generator = torch.Generator().manual_seed(0)
    matrix = torch.randn(32, 48, generator=generator)
    values = torch.linalg.svdvals(reference("muon").newton_schulz(matrix))
    assert float(values.min()) > 0.6
    assert float(values.max()) < 1.3


@pytest.mark.parametrize("shape", [(3, 8), (9, 4)])
def test_equals_torch_up_to_its_bfloat16(reference, shape):
    generator = torch.Generator().manual_seed(1)
    start = torch.randn(shape, generator=generator)
    ours, theirs = nn.Parameter(start.clone()), nn.Parameter(start.clone())
    own = reference("muon").Muon([ours], lr=0.1, momentum=0.8, weight_decay=0.5)
    library = torch.optim.Muon([theirs], lr=0.1, momentum=0.8, weight_decay=0.5)
    for _ in range(6):
        gradient = torch.randn(shape, generator=generator)
        ours.grad, theirs.grad = gradient.clone(), gradient.clone()
        own.step()
        library.step()
    difference, moved = (ours - theirs).detach(), (theirs - start).detach()
    assert difference.norm() < 0.02 * moved.norm()
