"""Gradients of `conv2d` against those of `torch.nn.functional.conv2d`."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("stride", [1, (2, 3)])
@pytest.mark.parametrize("padding", [0, (2, 1)])
@pytest.mark.parametrize("dilation", [1, (1, 2)])
def test_gradients_equal_torch(reference, seed, stride, padding, dilation):
    generator = torch.Generator().manual_seed(seed)
    inputs = [
        torch.randn(*shape, generator=generator, dtype=torch.float64).requires_grad_()
        for shape in ((2, 3, 7, 8), (5, 3, 3, 2), (5,))
    ]
    ours = reference("conv2d").conv2d(*inputs, stride, padding, dilation)
    theirs = functional.conv2d(*inputs, stride, padding, dilation)
    torch.testing.assert_close(ours, theirs)
    weight = torch.randn(theirs.shape, generator=generator, dtype=torch.float64)
    pairs = zip(*(torch.autograd.grad((weight * y).sum(), inputs) for y in (ours, theirs)), strict=True)
    for mine, other in pairs:
        torch.testing.assert_close(mine, other)
