"""`softmax_cross_entropy` against torch's loss and what autograd makes of it."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scale", [1.0, 300.0])
@pytest.mark.parametrize("index", [-100, 0, 3, -1])
@pytest.mark.parametrize("shape", [(9,), (3, 4), (2, 3, 2)])
def test_equals_torch_and_autograd(reference, seed, scale, index, shape):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(*shape, 6, generator=generator, dtype=torch.float64) * scale
    target = torch.randint(6, shape, generator=generator)
    target[torch.rand(shape, generator=generator) < 0.3] = index
    target[..., -1] = 1
    loss, gradient = reference("softmax-cross-entropy-gradient").softmax_cross_entropy(logits, target, index)
    leaf = logits.clone().requires_grad_(True)
    expected = functional.cross_entropy(leaf.view(-1, 6), target.view(-1), ignore_index=index)
    torch.testing.assert_close(loss, expected.detach())
    torch.testing.assert_close(gradient, torch.autograd.grad(expected, leaf)[0], rtol=1e-9, atol=1e-12)


def test_nothing_counted_is_zero(reference):
    loss, gradient = reference("softmax-cross-entropy-gradient").softmax_cross_entropy(
        torch.randn(2, 3, 5), torch.full((2, 3), -100)
    )
    assert loss == 0
    assert gradient.shape == (2, 3, 5)
    assert not gradient.any()
