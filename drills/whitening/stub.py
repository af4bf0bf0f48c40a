from torch import Tensor


def mean_pairwise_cosine(vectors: Tensor) -> Tensor:
    """vectors (N, d) -> the mean cosine of two different ones."""
    raise NotImplementedError


def fit_whitening(vectors: Tensor, k: int | None = None) -> tuple[Tensor, Tensor]:
    """vectors (N, d) -> mean (d,) and matrix (d, k)."""
    raise NotImplementedError


def whiten(vectors: Tensor, mean: Tensor, W: Tensor) -> Tensor:
    """vectors (n, d), mean (d,), W (d, k) -> (n, k)."""
    raise NotImplementedError
