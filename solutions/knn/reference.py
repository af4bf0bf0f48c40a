"""k nearest neighbours (Cover and Hart 1967) by matrix products."""

from torch import Tensor, inf
from torch.nn.functional import one_hot


def squared_distances(a: Tensor, b: Tensor) -> Tensor:
    """‖a − b‖² = ‖a‖² + ‖b‖² − 2·a·b: a (N, D), b (M, D) -> (N, M)."""
    squares = a.square().sum(-1, keepdim=True) + b.square().sum(-1)  # (N, M)
    return (squares - 2 * a @ b.T).clamp(min=0)  # cancellation may go below 0


def cosine_distances(a: Tensor, b: Tensor) -> Tensor:
    """1 − cos, and 1 for vectors of zeros: a (N, D), b (M, D) -> (N, M)."""
    return 1 - _directions(a) @ _directions(b).T


def knn_predict(
    train_x: Tensor,
    train_y: Tensor,
    x: Tensor | None,
    k: int,
    metric: str = "euclidean",
) -> Tensor:
    """The label that most of the k nearest training points have.

    Shapes: train_x (M, D), train_y (M,), x (N, D) -> (N,). Without x every
    training point is predicted from the others, (M,). The smaller index is
    nearer among equal distances, the smaller label wins with equal votes.
    """
    distance = squared_distances if metric == "euclidean" else cosine_distances
    distances = distance(train_x if x is None else x, train_x)  # (N, M)
    if x is None:
        distances.fill_diagonal_(inf)
    nearest = distances.argsort(dim=-1, stable=True)[:, :k]  # (N, k)
    votes = one_hot(train_y[nearest]).sum(dim=1)  # (N, classes)
    return votes.argmax(dim=-1)  # the first of the largest


def _directions(x: Tensor) -> Tensor:
    """Rows of length 1; rows of zeros stay."""
    lengths = x.norm(dim=-1, keepdim=True)
    return x / lengths.masked_fill(lengths == 0, 1)
