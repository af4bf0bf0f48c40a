"""`roc_auc` against scikit-learn, and against all pairs."""

from __future__ import annotations

import random

import pytest


def examples(seed: int, n: int, different: int):
    """Labels, and scores with `different` values, higher ones somewhat likelier for 1."""
    draw = random.Random(seed)
    labels = [0, 1, *(int(draw.random() < 0.35) for _ in range(n - 2))]
    return labels, [float(draw.randrange(different) + label) for label in labels]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("different", [1, 3, 10, 10**6])
def test_equals_all_pairs(reference, seed, different):
    labels, scores = examples(seed, 40, different)
    rows = list(zip(labels, scores, strict=True))
    pairs = [(p, q) for y, p in rows if y for z, q in rows if not z]
    expected = sum((p > q) + (p == q) / 2 for p, q in pairs) / len(pairs)
    assert reference("roc-auc").roc_auc(labels, scores) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("different", [2, 8, 10**6])
def test_equals_scikit_learn(reference, seed, different):
    sklearn = pytest.importorskip(
        "sklearn.metrics", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    labels, scores = examples(seed, 500, different)
    assert reference("roc-auc").roc_auc(labels, scores) == pytest.approx(
        sklearn.roc_auc_score(labels, scores)
    )
