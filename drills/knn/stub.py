from torch import Tensor


def squared_distances(a: Tensor, b: Tensor) -> Tensor:
    """a (N, D), b (M, D) -> squared Euclidean distances (N, M)."""
    raise NotImplementedError


def cosine_distances(a: Tensor, b: Tensor) -> Tensor:
    """a (N, D), b (M, D) -> 1 − cos (N, M)."""
    raise NotImplementedError


def knn_predict(
    train_x: Tensor, train_y: Tensor, x: Tensor | None, k: int, metric: str = "euclidean"
) -> Tensor:
    """train_x (M, D), train_y (M,), x (N, D) or None -> labels (N,), or (M,) without x."""
    raise NotImplementedError
