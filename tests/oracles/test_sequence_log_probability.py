"""`sequence_log_probability` against torch.nn.functional.cross_entropy per token, gradients included."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize(("size", "length", "vocabulary"), [(3, 8, 5), (1, 2, 7), (4, 6, 11)])
def test_equals_cross_entropy_with_gradients(reference, seed, average, size, length, vocabulary):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(size, length, vocabulary, generator=generator, dtype=torch.float64) * 3
    logits.requires_grad_(True)
    labels = torch.randint(vocabulary, (size, length), generator=generator)
    mask = torch.rand(size, length, generator=generator) < 0.6
    mask[:, -1] = True
    ours = reference("sequence-log-probability").sequence_log_probability(logits, labels, mask, average)
    target = labels.masked_fill(~mask, -100)
    reduction = "mean" if average else "sum"
    theirs = -torch.stack(
        [
            functional.cross_entropy(row[:-1], ids[1:], reduction=reduction)
            for row, ids in zip(logits, target, strict=True)
        ]
    )
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(value.square().sum(), logits)[0] for value in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-12)


def test_probabilities_of_all_responses_sum_to_one(reference):
    """Of a table as a language model: p(y | x) over all y of three tokens."""
    torch.manual_seed(0)
    table, vocabulary = torch.randn(4, 4, dtype=torch.float64), 4
    total = 0.0
    for number in range(vocabulary**3):
        response = [number // vocabulary**place % vocabulary for place in range(3)]
        labels = torch.tensor([[1, 2, *response]])
        mask = torch.tensor([[False, False, True, True, True]])
        value = reference("sequence-log-probability").sequence_log_probability(table[labels], labels, mask)
        total += math.exp(value.item())
    assert total == pytest.approx(1.0, abs=1e-12)
