from torch import Tensor


def cosine_top_k(queries: Tensor, documents: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """(…, d) and (N, d) -> cosines, highest first, and row numbers: both (…, min(k, N))."""
    raise NotImplementedError
