"""Activations against torch.nn.functional, derivatives against what autograd makes of those."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

TORCH = {
    "relu": functional.relu,
    "gelu": functional.gelu,
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "silu": functional.silu,
}


@pytest.mark.parametrize("name", TORCH)
@pytest.mark.parametrize("scale", [0.3, 3.0, 100.0])
def test_equals_torch_and_autograd(reference, name, scale):
    generator = torch.Generator().manual_seed(int(scale * 10))
    x = torch.randn(500, generator=generator, dtype=torch.float64) * scale
    x[0] = 0.0
    leaf = x.clone().requires_grad_(True)
    expected = TORCH[name](leaf)
    module = reference("activations")
    torch.testing.assert_close(getattr(module, name)(x), expected.detach())
    derivative = torch.autograd.grad(expected.sum(), leaf)[0]
    torch.testing.assert_close(getattr(module, f"{name}_derivative")(x), derivative, rtol=1e-9, atol=1e-12)


def test_finite_far_from_zero(reference):
    x = torch.tensor([-1000.0, -89.0, 0.0, 89.0, 1000.0])
    for name in TORCH:
        for function in (name, f"{name}_derivative"):
            assert getattr(reference("activations"), function)(x).isfinite().all(), function


def test_the_two_forms_of_gelu_are_close_but_not_equal(reference):
    x = torch.linspace(-6, 6, 20001, dtype=torch.float64)
    gap = (reference("activations").gelu(x) - reference("activations").gelu_tanh(x)).abs().max()
    assert math.isclose(gap, 4.7e-4, rel_tol=0.02)
