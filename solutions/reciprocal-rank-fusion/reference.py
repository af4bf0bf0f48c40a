"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""

from collections import defaultdict


def reciprocal_rank_fusion(
    rankings: list[list[str]],
    k: float = 60,
    weights: list[float] | None = None,
) -> list[tuple[str, float]]:
    """All documents with their fused scores, best first."""
    if weights is None:
        weights = [1.0] * len(rankings)
    scores: defaultdict[str, float] = defaultdict(float)
    for weight, ranking in zip(weights, rankings, strict=True):
        seen: set[str] = set()
        for rank, document in enumerate(ranking, start=1):
            if document not in seen:
                seen.add(document)
                scores[document] += weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
