"""K-means (Lloyd 1982) with k-means++ (Arthur and Vassilvitskii 2007, §2.2)."""

import torch
from torch import Tensor
from torch.nn.functional import one_hot


def init_centers(x: Tensor, k: int) -> Tensor:
    """k points of x far from one another: x (N, D) -> (k, D)."""
    centers = x[torch.randint(x.size(0), (1,))]  # (1, D)
    while centers.size(0) < k:
        nearest = _squared_distances(x, centers).amin(dim=1)  # (N,)
        chosen = torch.multinomial(nearest, 1)  # 0 for those chosen before
        centers = torch.cat([centers, x[chosen]])
    return centers


def kmeans(
    x: Tensor, centers: Tensor, max_iterations: int = 20
) -> tuple[Tensor, Tensor, Tensor]:
    """Lloyd's algorithm: move to the mean, assign, until nothing changes.

    Shapes: x (N, D), centers (k, D) -> labels (N,), centers (k, D), and the
    inertia, a scalar. A center without points stays.
    """
    labels = _squared_distances(x, centers).argmin(dim=1)
    for _ in range(max_iterations):
        centers = _means(x, labels, centers)
        before, labels = labels, _squared_distances(x, centers).argmin(dim=1)
        if torch.equal(labels, before):
            break
    inertia = (x - centers[labels]).square().sum()
    return labels, centers, inertia


def _means(x: Tensor, labels: Tensor, centers: Tensor) -> Tensor:
    """The mean of each cluster, (k, D); its old center where it is empty."""
    members = one_hot(labels, centers.size(0)).to(x.dtype)  # (N, k)
    counts = members.sum(dim=0).unsqueeze(1)  # (k, 1)
    means = members.T @ x / counts.clamp(min=1)
    return torch.where(counts > 0, means, centers)


def _squared_distances(x: Tensor, centers: Tensor) -> Tensor:
    """x (N, D), centers (k, D) -> (N, k)."""
    return (x.unsqueeze(1) - centers).square().sum(dim=-1)
