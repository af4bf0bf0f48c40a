"""`kl_divergence` against torch.distributions, gradients too, and sums written out."""

from __future__ import annotations

import math

import pytest
import torch
from torch.distributions import Categorical
from torch.distributions import kl_divergence as between


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(4, 7), (2, 3, 5)])
def test_equals_torch_distributions(reference, seed, shape):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(2, *shape, generator=generator, dtype=torch.float64).requires_grad_()
    ours = reference("kl-divergence").kl_divergence(logits[0], logits[1], "none")
    theirs = between(Categorical(logits=logits[0]), Categorical(logits=logits[1]))
    torch.testing.assert_close(ours, theirs, rtol=1e-10, atol=1e-12)
    weight = torch.randn(shape[:-1], generator=generator, dtype=torch.float64)
    gradients = [torch.autograd.grad((weight * value).sum(), logits)[0] for value in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_zeros_by_hand(reference):
    p = torch.tensor([[0.5, 0.5, 0.0], [0.25, 0.75, 0.0]], dtype=torch.float64).log()
    q = torch.tensor([[0.25, 0.25, 0.5], [0.0, 0.5, 0.5]], dtype=torch.float64).log()
    each = reference("kl-divergence").kl_divergence(p, q, "none")
    assert each[0].item() == pytest.approx(math.log(2))
    assert each[1].item() == math.inf
