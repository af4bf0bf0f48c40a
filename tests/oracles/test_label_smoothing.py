"""`label_smoothing_loss` against torch.nn.functional.cross_entropy, gradients included."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("epsilon", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("index", [-100, 0, 4])
@pytest.mark.parametrize("shape", [(9,), (3, 4)])
def test_equals_torch_with_gradients(reference, seed, epsilon, index, shape):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(*shape, 6, generator=generator, dtype=torch.float64) * 5
    logits.requires_grad_(True)
    target = torch.randint(6, shape, generator=generator)
    target[torch.rand(shape, generator=generator) < 0.3] = index
    target[..., -1] = 1
    ours = reference("label-smoothing").label_smoothing_loss(logits, target, epsilon, index)
    theirs = functional.cross_entropy(
        logits.view(-1, 6), target.view(-1), ignore_index=index, label_smoothing=epsilon
    )
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(loss, logits)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_nothing_counted_is_zero(reference):
    logits, target = torch.randn(2, 3, 5, requires_grad=True), torch.full((2, 3), -100)
    loss = reference("label-smoothing").label_smoothing_loss(logits, target)
    loss.backward()
    assert loss == 0
    assert not logits.grad.any()
