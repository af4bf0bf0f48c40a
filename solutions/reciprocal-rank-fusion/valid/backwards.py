from collections import Counter


def reciprocal_rank_fusion(rankings, k=60, weights=None):
    total = Counter()
    for i, ranking in enumerate(rankings):
        places = {ranking[p]: p + 1 for p in reversed(range(len(ranking)))}
        w = 1 if weights is None else weights[i]
        total.update(
            {
                document: w * (1 / (k + place))
                for document, place in places.items()
            }
        )
    return [
        [d, s]
        for s, d in sorted((-s, d) for d, s in total.items())
        for s in [-s]
    ]
