import numpy as np


def _queries(rankings, gains):
    for ranking, judged in zip(rankings, gains):
        positive = {d: g for d, g in judged.items() if g}
        if positive:
            yield ranking, positive


def _average(values):
    values = list(values)
    return float(np.mean(values)) if values else 0.0


def recall_at_k(rankings, gains, k):
    return _average(
        len(set(r[:k]) & set(g)) / len(g) for r, g in _queries(rankings, gains)
    )


def mrr_at_k(rankings, gains, k):
    return _average(
        next((1 / (i + 1) for i, d in enumerate(r[:k]) if d in g), 0)
        for r, g in _queries(rankings, gains)
    )


def ndcg_at_k(rankings, gains, k):
    discount = 1 / np.log(np.arange(2, k + 2))  # the base cancels

    def one(ranking, judged):
        actual = np.array([judged.get(d, 0) for d in ranking[:k]], dtype=float)
        ideal = np.sort(np.array(list(judged.values()), dtype=float))[::-1][:k]
        return (actual @ discount[: len(actual)]) / (
            ideal @ discount[: len(ideal)]
        )

    return _average(one(r, g) for r, g in _queries(rankings, gains))
