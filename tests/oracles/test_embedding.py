"""Embedding functions against torch.nn.functional.embedding, linear and autograd."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


def inputs(seed: int, shape: tuple[int, ...]):
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(9, 4, generator=generator, dtype=torch.float64, requires_grad=True)
    ids = torch.randint(9, shape, generator=generator)
    hidden = torch.randn(2, 3, 4, generator=generator, dtype=torch.float64)
    gradients = [
        torch.randn(*size, generator=generator, dtype=torch.float64) for size in ((*shape, 4), (2, 3, 9))
    ]
    return weight, ids, hidden, *gradients


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(), (30,), (4, 5), (0,)])
@pytest.mark.parametrize("padding", [None, 0, 5])
def test_equals_torch_and_autograd(reference, seed, shape, padding):
    weight, ids, hidden, grad_output, grad_logits = inputs(seed, shape)
    module = reference("embedding")
    expected = functional.embedding(ids, weight, padding_idx=padding)
    torch.testing.assert_close(module.embedding(ids, weight), expected)
    theirs = torch.autograd.grad(expected, weight, grad_output, retain_graph=True)[0]
    torch.testing.assert_close(module.embedding_backward(grad_output, ids, 9, padding), theirs)
    logits = functional.linear(hidden, weight)
    torch.testing.assert_close(module.tied_logits(hidden, weight), logits)
    both = torch.autograd.grad((expected, logits), weight, (grad_output, grad_logits))[0]
    ours = module.tied_backward(grad_output, ids, grad_logits, hidden, padding)
    torch.testing.assert_close(ours, both)


@pytest.mark.parametrize("bad", [-1, 9, -100])
def test_refuses_what_torch_refuses(reference, bad):
    weight, ids = torch.randn(9, 4), torch.tensor([0, bad, 3])
    for lookup in (reference("embedding").embedding, functional.embedding):
        with pytest.raises(IndexError):
            lookup(ids, weight)
