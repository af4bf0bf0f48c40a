"""Gradients of `BatchNorm` against torch.nn.BatchNorm1d, in training and evaluation."""

from __future__ import annotations

import pytest
import torch
from torch import nn


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(6, 5), (3, 5, 4), (1, 5, 7)])
@pytest.mark.parametrize("training", [True, False])
def test_gradients_equal_torch(reference, seed, shape, training):
    generator = torch.Generator().manual_seed(seed)
    x, weights = (torch.randn(*shape, generator=generator, dtype=torch.float64) for _ in range(2))
    x.requires_grad_(True)
    ours, theirs = reference("batch-norm").BatchNorm(5).double(), nn.BatchNorm1d(5).double()
    results = []
    for module in (ours, theirs):
        with torch.no_grad():
            module.weight.copy_(torch.linspace(0.5, 2, 5))
            module.running_var.copy_(torch.linspace(0.2, 3, 5))
        y = module.train(training)(x)
        targets = (x, module.weight, module.bias)
        results.append((y, *torch.autograd.grad((y * weights).sum(), targets)))
    torch.testing.assert_close(*results, rtol=1e-9, atol=1e-11)


def test_refuses_what_torch_refuses(reference):
    for module in (reference("batch-norm").BatchNorm(5), nn.BatchNorm1d(5)):
        with pytest.raises(ValueError):
            module(torch.ones(1, 5))
        assert module.eval()(torch.ones(1, 5)).shape == (1, 5)
