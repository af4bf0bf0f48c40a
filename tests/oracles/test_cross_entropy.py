"""`cross_entropy` against torch.nn.functional.cross_entropy, gradients included."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scale", [1.0, 300.0])
@pytest.mark.parametrize("index", [-100, 0, 3, -1])
@pytest.mark.parametrize("shape", [(9,), (3, 4), (2, 3, 2)])
def test_equals_torch_with_gradients(reference, seed, scale, index, shape):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(*shape, 6, generator=generator, dtype=torch.float64) * scale
    logits.requires_grad_(True)
    target = torch.randint(6, shape, generator=generator)
    target[torch.rand(shape, generator=generator) < 0.3] = index
    target[..., -1] = 1
    ours = reference("cross-entropy").cross_entropy(logits, target, index)
    theirs = functional.cross_entropy(logits.view(-1, 6), target.view(-1), ignore_index=index)
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(loss, logits)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_nothing_counted_is_zero_where_torch_gives_nan(reference):
    logits, target = torch.randn(2, 3, 5, requires_grad=True), torch.full((2, 3), -100)
    loss = reference("cross-entropy").cross_entropy(logits, target)
    loss.backward()
    assert loss == 0
    assert not logits.grad.any()
    assert functional.cross_entropy(logits.view(-1, 5), target.view(-1)).isnan()
