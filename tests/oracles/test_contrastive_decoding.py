"""`contrastive_scores` against the paper's formula, token by token in double precision."""

from __future__ import annotations

import math

import pytest
import torch


def probabilities(logits: list[float], temperature: float = 1.0) -> list[float]:
    top = max(logits)
    weights = [math.exp((z - top) / temperature) for z in logits]
    return [weight / sum(weights) for weight in weights]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("alpha", "temperature"), [(0.1, 1.0), (0.03, 0.5), (0.5, 2.0), (0.0, 1.0)])
def test_equals_the_formula(reference, seed, alpha, temperature):
    torch.manual_seed(seed)
    expert, amateur = torch.randn(2, 15).double() * 2, torch.randn(2, 15).double() * 2
    scores = reference("contrastive-decoding").contrastive_scores(expert, amateur, alpha, temperature)
    for row, e, a in zip(scores.tolist(), expert.tolist(), amateur.tolist(), strict=True):
        p, q = probabilities(e), probabilities(a, temperature)
        for score, p_i, q_i in zip(row, p, q, strict=True):
            plausible = p_i >= alpha * max(p)
            assert score == (pytest.approx(math.log(p_i / q_i), abs=1e-5) if plausible else -math.inf)


def test_alpha_one_is_greedy_decoding_of_the_expert(reference):
    torch.manual_seed(0)
    expert, amateur = torch.randn(50, 9), 5 * torch.randn(50, 9)
    scores = reference("contrastive-decoding").contrastive_scores(expert, amateur, alpha=1.0)
    assert torch.equal(scores.argmax(dim=-1), expert.argmax(dim=-1))


def test_without_the_constraint_the_amateurs_least_likely_token_wins(reference):
    """The false positive that the constraint is there for (§3.2)."""
    expert = torch.tensor([5.0, 4.0, -6.0])
    amateur = torch.tensor([5.0, 1.0, -30.0])
    scores = reference("contrastive-decoding").contrastive_scores
    assert scores(expert, amateur, alpha=0.0).argmax() == 2
    assert scores(expert, amateur, alpha=0.1).argmax() == 1
