import torch
import torch.nn.functional as F


def squared_distances(a, b):
    centre = b.mean(0)
    a, b = a - centre, b - centre
    norms = (a**2).sum(1)[:, None] + (b**2).sum(1)[None, :]
    return torch.maximum(norms - 2 * (a @ b.mT), torch.zeros_like(norms))


def cosine_distances(a, b):
    return 1 - F.normalize(a, dim=1) @ F.normalize(b, dim=1).t()


def knn_predict(train_x, train_y, x, k, metric="euclidean"):
    measure = {"euclidean": squared_distances, "cosine": cosine_distances}
    alone = x is None
    d = measure[metric](train_x if alone else x, train_x)
    if alone:
        d = torch.where(torch.eye(len(d), dtype=torch.bool), torch.inf, d)
    order = torch.sort(d, dim=1, stable=True).indices
    near = train_y[order[:, :k]]  # (N, k)
    counts = torch.zeros(len(d), int(train_y.max()) + 1, dtype=torch.long)
    counts.scatter_add_(1, near, torch.ones_like(near))
    return counts.max(1).indices
