"""`linear_forward` and `linear_backward` against torch.nn.functional.linear and autograd."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("leading", [(), (1,), (6,), (3, 4), (2, 3, 4), (0,)])
def test_equals_torch_and_autograd(reference, seed, leading):
    generator = torch.Generator().manual_seed(seed)
    x, weight, bias = (
        torch.randn(*shape, generator=generator, dtype=torch.float64, requires_grad=True)
        for shape in ((*leading, 5), (7, 5), (7,))
    )
    grad_output = torch.randn(*leading, 7, generator=generator, dtype=torch.float64)
    module = reference("linear-backward")
    expected = functional.linear(x, weight, bias)
    torch.testing.assert_close(module.linear_forward(x, weight, bias), expected)
    torch.testing.assert_close(module.linear_forward(x, weight), functional.linear(x, weight))
    ours = module.linear_backward(grad_output, x, weight)
    theirs = torch.autograd.grad(expected, (x, weight, bias), grad_output)
    torch.testing.assert_close(tuple(ours), theirs, rtol=1e-10, atol=1e-12)
