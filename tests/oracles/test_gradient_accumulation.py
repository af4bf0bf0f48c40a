"""`accumulate` against one backward pass over all sequences in one padded batch."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sizes", [[(2, 5), (1, 3), (4, 2)], [(1, 6)], [(1, 2)] * 6])
def test_equals_one_large_batch(reference, seed, sizes):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, 6), nn.GELU(), nn.Linear(6, 8)).double()
    pieces = []
    for batch, length in sizes:
        labels = torch.randint(8, (batch, length))
        labels[torch.rand(batch, length) < 0.5] = -100
        pieces.append((torch.randn(batch, length, 3, dtype=torch.float64), labels))
    pieces[0][1][0, 0] = 1  # torch's mean over nothing is NaN

    large = copy.deepcopy(model)
    inputs = torch.cat([x.reshape(-1, 3) for x, _ in pieces])
    expected = functional.cross_entropy(large(inputs), torch.cat([y.reshape(-1) for _, y in pieces]))
    expected.backward()

    torch.testing.assert_close(
        reference("gradient-accumulation").accumulate(model, pieces), expected.detach()
    )
    for ours, theirs in zip(model.parameters(), large.parameters(), strict=True):
        torch.testing.assert_close(ours.grad, theirs.grad)


def test_the_mean_of_means_is_another_number(reference):
    torch.manual_seed(0)
    model = nn.Linear(2, 3)
    pieces = [(torch.randn(1, n, 2), torch.randint(3, (1, n))) for n in (1, 7)]
    ours = reference("gradient-accumulation").accumulate(model, pieces)
    with torch.no_grad():
        means = [functional.cross_entropy(model(x)[0], y[0]) for x, y in pieces]
    assert not torch.isclose(ours, sum(means) / 2)
    torch.testing.assert_close(ours, (means[0] * 1 + means[1] * 7) / 8)
