"""`Dropout` against torch.nn.Dropout: exact where nothing is random, else within five standard errors."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_evaluation_and_the_ends_equal_torch(reference, p):
    x = torch.randn(5, 7, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    ours, theirs = reference("dropout").Dropout(p), nn.Dropout(p)
    assert torch.equal(ours.eval()(x), theirs.eval()(x))
    if p in (0.0, 1.0):
        assert torch.equal(ours.train()(x), theirs.train()(x))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_the_mask_follows_the_same_law(reference, p):
    torch.manual_seed(5)
    x, n = torch.ones(400, 500), 200_000
    for module in (reference("dropout").Dropout(p), nn.Dropout(p)):
        y = module(x)
        assert set(y.unique().tolist()) == {0.0, torch.tensor(1 / (1 - p)).item()}
        assert abs((y == 0).double().mean() - p) < 5 * math.sqrt(p * (1 - p) / n)
        for share, count in (((y == 0).double().mean(0), 400), ((y == 0).double().mean(1), 500)):
            # the spread of row and column means is that of independent elements
            assert 0.7 < share.var() / (p * (1 - p) / count) < 1.4


def test_the_gradient_uses_the_same_mask(reference):
    x = torch.randn(30, 40, dtype=torch.float64, requires_grad=True)
    y = reference("dropout").Dropout(0.4)(x)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    torch.testing.assert_close(gradient * x, y)


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_refuses_what_torch_refuses(reference, p):
    for module in (reference("dropout").Dropout, nn.Dropout):
        with pytest.raises(ValueError):
            module(p)
