Rankings = list[list[str]]
"""For each query the ids retrieved, best first."""
Gains = list[dict[str, int]]
"""For each query the gain of each judged document; 0 or absent is not relevant."""


def recall_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    raise NotImplementedError


def mrr_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    raise NotImplementedError


def ndcg_at_k(rankings: Rankings, gains: Gains, k: int) -> float:
    raise NotImplementedError
