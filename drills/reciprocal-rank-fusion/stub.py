def reciprocal_rank_fusion(
    rankings: list[list[str]], k: float = 60, weights: list[float] | None = None
) -> list[tuple[str, float]]:
    """Rankings, best first -> pairs of document and score, best first."""
    raise NotImplementedError
