"""The online softmax against PyTorch's own over the joined row."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

WIDTHS = [(5,), (1, 1, 1), (4, 1, 6), (2, 7, 3, 1)]


def some_chunks(seed: int, widths: tuple[int, ...]) -> list[torch.Tensor]:
    """Chunks of a few rows, some of them and some entries −∞, but never a whole row."""
    generator = torch.Generator().manual_seed(seed)
    row = torch.randn(3, 4, sum(widths), generator=generator, dtype=torch.float64) * 30
    row.masked_fill_(torch.rand(row.shape, generator=generator) < 0.4, -math.inf)
    row[..., -1] = 1.0
    return list(row.split(widths, dim=-1))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("widths", WIDTHS)
def test_the_pair_is_the_logsumexp_of_the_joined_row(reference, seed, widths):
    module, chunks = reference("online-softmax"), some_chunks(seed, widths)
    joined = torch.cat(chunks, dim=-1)
    state = None
    for chunk in chunks:
        state = module.update(state, chunk)
    m, total = state
    assert torch.equal(m, joined.amax(dim=-1))
    torch.testing.assert_close(m + total.log(), joined.logsumexp(dim=-1))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("widths", WIDTHS)
def test_the_softmax_and_its_gradient_are_pytorchs(reference, seed, widths):
    module, chunks = reference("online-softmax"), some_chunks(seed, widths)
    ours, theirs = ([c.clone().requires_grad_() for c in chunks] for _ in range(2))
    weights = torch.cat(module.online_softmax(ours), dim=-1)
    expected = torch.cat(theirs, dim=-1).softmax(dim=-1)
    torch.testing.assert_close(weights, expected)
    towards = torch.randn(weights.shape, dtype=torch.float64)
    for own, other in zip(
        torch.autograd.grad(weights, ours, towards),
        torch.autograd.grad(expected, theirs, towards),
        strict=True,
    ):
        torch.testing.assert_close(own, other)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_merging_does_not_matter(reference, seed):
    module, chunks = reference("online-softmax"), some_chunks(seed, (2, 3, 1, 4))
    states = [module.update(None, chunk) for chunk in chunks]
    expected = module.update(None, torch.cat(chunks, dim=-1))
    for a, b, c, d in itertools.permutations(states):
        for found in (
            module.merge(module.merge(a, b), module.merge(c, d)),
            module.merge(a, module.merge(b, module.merge(c, d))),
        ):
            torch.testing.assert_close(found, expected)
