"""Loss, gradients and training against torch's autograd and SGD."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional


def network(seed: int, n: int, width: int, hidden: int, classes: int) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    shapes = [(n, width), (width, hidden), (hidden,), (hidden, classes), (classes,)]
    X, *parameters = (random.normal(size=shape) for shape in shapes)
    return [X, random.integers(0, classes, n), *parameters]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sizes", [(6, 4, 5, 3), (1, 2, 7, 2), (9, 3, 1, 5)])
def test_gradients_equal_autograd(reference, seed, sizes):
    X, y, *parameters = network(seed, *sizes)
    tensors = [torch.from_numpy(parameter).requires_grad_() for parameter in parameters]
    W1, b1, W2, b2 = tensors
    logits = torch.relu(torch.from_numpy(X) @ W1 + b1) @ W2 + b2
    expected = functional.cross_entropy(logits, torch.from_numpy(y))
    loss, gradients = reference("two-layer-mlp").loss_and_gradients(X, y, *parameters)
    assert loss == pytest.approx(expected.item())
    for ours, theirs in zip(gradients, torch.autograd.grad(expected, tensors), strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-12)


def test_training_equals_torch(reference):
    X, y, *parameters = network(0, 8, 3, 6, 4)
    tensors = [torch.from_numpy(parameter.copy()).requires_grad_() for parameter in parameters]
    optimizer = torch.optim.SGD(tensors, lr=0.3)
    for _ in range(10):
        W1, b1, W2, b2 = tensors
        optimizer.zero_grad()
        functional.cross_entropy(
            torch.relu(torch.from_numpy(X) @ W1 + b1) @ W2 + b2, torch.from_numpy(y)
        ).backward()
        optimizer.step()
    trained = reference("two-layer-mlp").train(X, y, tuple(parameters), 0.3, 10)
    for ours, theirs in zip(trained, tensors, strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), atol=1e-12)
