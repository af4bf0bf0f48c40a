from torch import Tensor


def init_centers(x: Tensor, k: int) -> Tensor:
    """k-means++: x (N, D) -> k of its points (k, D)."""
    raise NotImplementedError


def kmeans(x: Tensor, centers: Tensor, max_iterations: int = 20) -> tuple[Tensor, Tensor, Tensor]:
    """x (N, D), centers (k, D) -> labels (N,), centers (k, D), inertia (scalar)."""
    raise NotImplementedError
