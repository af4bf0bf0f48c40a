"""`reciprocal_rank_fusion` against exact fractions over a table of ranks."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("k", [0, 1, 60])
def test_equals_exact_fractions(reference, seed, k):
    draw = random.Random(seed)
    documents = [f"d{n}" for n in range(12)]
    rankings = [draw.sample(documents, draw.randint(0, 12)) for _ in range(4)]
    weights = [draw.choice([0.25, 0.5, 1.0, 2.0]) for _ in rankings]
    found = reference("reciprocal-rank-fusion").reciprocal_rank_fusion(rankings, k, weights)
    exact = {
        document: sum(
            Fraction(weight) / (k + ranking.index(document) + 1)
            for ranking, weight in zip(rankings, weights, strict=True)
            if document in ranking
        )
        for document in documents
        if any(document in ranking for ranking in rankings)
    }
    assert {document for document, _ in found} == set(exact)
    for document, score in found:
        assert score == pytest.approx(float(exact[document]))
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)


def test_agreement_beats_one_first_place(reference):
    # 1/61 against 2/63: the paper's constant lets two third places win
    fuse = reference("reciprocal-rank-fusion").reciprocal_rank_fusion
    assert fuse([["a", "b", "x"], ["c", "d", "x"]])[0][0] == "x"
    assert fuse([["a", "b", "x"], ["c", "d", "x"]], k=0)[0][0] == "a"
