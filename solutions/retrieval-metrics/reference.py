"""Recall@k, MRR@k and nDCG@k (Järvelin and Kekäläinen 2002 for the last)."""

from collections.abc import Callable
from math import log2

Rankings = list[list[str]]
Gains = list[dict[str, int]]


def recall_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    """The share of the relevant documents that the first k hold."""

    def recall(found: list[int], judged: list[int]) -> float:
        return _relevant(found[:k]) / _relevant(judged)

    return _mean(recall, rankings, gains)


def mrr_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    """The mean of 1 / rank of the first relevant document."""

    def reciprocal_rank(found: list[int], judged: list[int]) -> float:
        for rank, gain in enumerate(found[:k], start=1):
            if gain > 0:
                return 1 / rank
        return 0.0

    return _mean(reciprocal_rank, rankings, gains)


def ndcg_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    """Discounted cumulative gain, relative to the best possible order."""

    def ndcg(found: list[int], judged: list[int]) -> float:
        ideal = sorted(judged, reverse=True)
        return _dcg(found[:k]) / _dcg(ideal[:k])

    return _mean(ndcg, rankings, gains)


def _dcg(gains: list[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _relevant(gains: list[int]) -> int:
    return sum(gain > 0 for gain in gains)


def _mean(
    metric: Callable[[list[int], list[int]], float],
    rankings: Rankings,
    gains: Gains,
) -> float:
    """Over the queries with a relevant document.

    The metric is given the gains in the order of the ranking, and all gains.
    """
    values = [
        metric([judged.get(d, 0) for d in ranking], list(judged.values()))
        for ranking, judged in zip(rankings, gains, strict=True)
        if any(judged.values())
    ]
    return sum(values) / len(values) if values else 0.0
