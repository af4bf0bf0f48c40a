"""`logsumexp` and `log_softmax` against torch's own, gradients included."""

from __future__ import annotations

import math

import pytest
import torch


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scale", [1.0, 40.0, 1e4])
@pytest.mark.parametrize("dim", [0, 1, 2, -1, -3])
def test_equals_torch_with_gradients(reference, seed, scale, dim):
    generator = torch.Generator().manual_seed(seed)
    x = (torch.randn(3, 5, 7, generator=generator, dtype=torch.float64) * scale).requires_grad_(True)
    module = reference("log-softmax")
    for ours, theirs in (
        (module.logsumexp(x, dim), torch.logsumexp(x, dim)),
        (module.logsumexp(x, dim, True), torch.logsumexp(x, dim, keepdim=True)),
        (module.log_softmax(x, dim), torch.log_softmax(x, dim)),
    ):
        torch.testing.assert_close(ours, theirs)
        weights = torch.randn(theirs.shape, generator=generator, dtype=torch.float64)
        gradients = [torch.autograd.grad((result * weights).sum(), x)[0] for result in (ours, theirs)]
        torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_rows_of_minus_infinity(reference):
    x = torch.tensor([[-math.inf, -math.inf, -math.inf], [0.5, -math.inf, 2.0]], dtype=torch.float64)
    module = reference("log-softmax")
    torch.testing.assert_close(module.logsumexp(x), torch.logsumexp(x, -1))
    assert module.logsumexp(x)[0] == -math.inf
    torch.testing.assert_close(module.log_softmax(x), torch.log_softmax(x, -1), equal_nan=True)


def test_stays_precise_far_from_zero(reference):
    x = torch.randn(4, 6, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    near, far = (reference("log-softmax").log_softmax((x + shift).float()) for shift in (0.0, 4096.0))
    rounded = (x + 4096.0).float().double() - 4096.0  # what float32 keeps of the input
    torch.testing.assert_close(far.double(), torch.log_softmax(rounded, -1), rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(near.double(), torch.log_softmax(x, -1), rtol=1e-5, atol=1e-6)
