"""`softmax` against torch.softmax."""

from __future__ import annotations

import math

import pytest
import torch


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("scale", [1.0, 40.0, 1e4])
@pytest.mark.parametrize("dim", [0, 1, 2, -1, -2, -3])
def test_equals_torch_on_every_axis(reference, seed, scale, dim):
    generator = torch.Generator().manual_seed(seed)
    x = (torch.randn(3, 5, 7, generator=generator, dtype=torch.float64) * scale).requires_grad_(True)
    weights = torch.randn(3, 5, 7, generator=generator, dtype=torch.float64)
    results = [reference("softmax").softmax(x, dim), torch.softmax(x, dim)]
    torch.testing.assert_close(*results)
    gradients = [torch.autograd.grad((result * weights).sum(), x)[0] for result in results]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_equals_torch_where_entries_are_minus_infinity(reference, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(4, 6, generator=generator, dtype=torch.float64)
    blocked = torch.rand(4, 6, generator=generator) < 0.5
    blocked[:, 0] = False
    blocked[2] = True
    x = x.masked_fill(blocked, -math.inf)
    result = reference("softmax").softmax(x)
    torch.testing.assert_close(result, torch.softmax(x, -1), equal_nan=True)
    assert result[2].isnan().all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_stays_in_the_dtype_of_the_input(reference, dtype):
    x = torch.linspace(-600, 600, 12).view(2, 6).to(dtype)
    result = reference("softmax").softmax(x)
    assert result.dtype == dtype
    torch.testing.assert_close(result, torch.softmax(x, -1))


def test_the_default_axis_is_the_last_one(reference):
    x = torch.randn(2, 3, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    torch.testing.assert_close(reference("softmax").softmax(x), torch.softmax(x, dim=2))
