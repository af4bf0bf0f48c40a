"""nDCG against scikit-learn's `ndcg_score`; recall and MRR against sets."""

from __future__ import annotations

import random

import pytest

IDS = [f"d{n}" for n in range(15)]


def collection(seed: int, queries: int = 6):
    draw = random.Random(seed)
    rankings = [draw.sample(IDS, len(IDS)) for _ in range(queries)]
    gains = [{d: draw.choice([0, 0, 1, 2, 3]) for d in IDS} | {"d0": 1} for _ in range(queries)]
    return rankings, gains


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("k", [1, 4, 10, 15])
def test_ndcg_equals_scikit_learn(reference, seed, k):
    sklearn = pytest.importorskip(
        "sklearn.metrics", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    rankings, gains = collection(seed)
    truth = [[judged[d] for d in IDS] for judged in gains]
    scores = [[-ranking.index(d) for d in IDS] for ranking in rankings]
    ours = reference("retrieval-metrics").ndcg_at_k(rankings, gains, k)
    assert ours == pytest.approx(sklearn.ndcg_score(truth, scores, k=k))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("k", [1, 3, 15])
def test_recall_and_mrr_by_sets(reference, seed, k):
    rankings, gains = collection(seed)
    recalls, reciprocals = [], []
    for ranking, judged in zip(rankings, gains, strict=True):
        relevant = {d for d, gain in judged.items() if gain}
        recalls.append(len(relevant.intersection(ranking[:k])) / len(relevant))
        first = min(ranking.index(d) for d in relevant) + 1
        reciprocals.append(1 / first if first <= k else 0)
    module = reference("retrieval-metrics")
    assert module.recall_at_k(rankings, gains, k) == pytest.approx(sum(recalls) / len(recalls))
    assert module.mrr_at_k(rankings, gains, k) == pytest.approx(sum(reciprocals) / len(reciprocals))


def test_a_worked_case(reference):
    # gains 1, 3 at ranks 1, 2 against the ideal 3, 1: (1 + 3/1.58496) / (3 + 1/1.58496)
    found = reference("retrieval-metrics").ndcg_at_k([["a", "b"]], [{"a": 1, "b": 3}], 2)
    assert found == pytest.approx(0.7967, abs=1e-4)
