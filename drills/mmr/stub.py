from torch import Tensor


def mmr(query: Tensor, documents: Tensor, k: int, lam: float = 0.5) -> list[int]:
    """(d,) and (N, d) -> row numbers of min(k, N) documents, in the order in which they are picked."""
    raise NotImplementedError
