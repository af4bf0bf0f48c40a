"""`sample` against exact probabilities: a chi-square test with a fixed seed."""

from __future__ import annotations

import math

import pytest
import torch


@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
def test_tokens_come_as_often_as_the_formula_says(reference, temperature):
    logits, n = [0.9, -0.4, 0.0, 2.0, -1.5], 20_000
    weights = [math.exp(logit / temperature) for logit in logits]
    generator = torch.Generator().manual_seed(3)
    tokens = reference("temperature").sample(torch.tensor(logits).expand(n, 5), temperature, generator)
    counts = torch.bincount(tokens, minlength=5).tolist()
    expected = [n * weight / sum(weights) for weight in weights]
    statistic = sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
    assert statistic < 23.5  # chi-square, 4 degrees of freedom: exceeded once in 10,000 times


@pytest.mark.parametrize("seed", range(3))
def test_the_limit_of_low_temperatures_is_argmax(reference, seed):
    sample = reference("temperature").sample
    logits = torch.randn(4, 50, generator=torch.Generator().manual_seed(seed))
    assert torch.equal(sample(logits, 0.0), logits.argmax(dim=-1))
    assert torch.equal(sample(logits, 1e-6, torch.Generator().manual_seed(seed)), logits.argmax(dim=-1))
