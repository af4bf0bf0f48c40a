"""`LayerNorm` against torch's own."""

from __future__ import annotations

import pytest
import torch
from torch import nn


def both(reference, width: int, eps: float, seed: int, dtype: torch.dtype) -> tuple[nn.Module, nn.Module]:
    """Ours and torch's with the same random weight and bias."""
    torch.manual_seed(seed)
    ours = reference("layer-norm").LayerNorm(width, eps=eps).to(dtype)
    for parameter in ours.parameters():
        nn.init.normal_(parameter)
    theirs = nn.LayerNorm(width, eps=eps, dtype=dtype)
    theirs.load_state_dict(ours.state_dict())
    return ours, theirs


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", [(7,), (3, 8), (2, 4, 5)])
@pytest.mark.parametrize("eps", [1e-5, 0.1])
def test_equals_torch_with_gradients(reference, seed, shape, eps):
    ours, theirs = both(reference, shape[-1], eps, seed, torch.float64)
    x = (torch.randn(*shape, dtype=torch.float64) * 3 + 1).requires_grad_()
    torch.testing.assert_close(ours(x), theirs(x))
    gradients = [
        torch.autograd.grad(norm(x).square().sum(), (x, norm.weight, norm.bias)) for norm in (ours, theirs)
    ]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("shift", [0.0, 1e3, 1e4])
def test_stays_accurate_when_the_mean_is_large(reference, shift):
    ours, theirs = both(reference, 64, 1e-5, 0, torch.float32)
    x = torch.randn(20, 64) + shift
    expected = theirs.double()(x.double())
    error = (ours(x).double() - expected).abs().max()
    assert error < 1e-6 * max(shift, 1.0)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("same_parameters", [True, False])
def test_low_precision_equals_torch(reference, dtype, same_parameters):
    ours, theirs = both(reference, 64, 1e-5, 3, dtype if same_parameters else torch.float32)
    x = (torch.randn(10, 64) * 2 + 50).to(dtype)
    assert ours(x).dtype == dtype
    torch.testing.assert_close(ours(x), theirs(x))


def test_a_fresh_layer_gives_mean_zero_and_variance_one(reference):
    y = reference("layer-norm").LayerNorm(32)(torch.randn(6, 32) * 4 - 7)
    torch.testing.assert_close(y.mean(-1), torch.zeros(6), rtol=0, atol=1e-5)
    torch.testing.assert_close(y.var(-1, correction=0), torch.ones(6), rtol=1e-4, atol=0)
