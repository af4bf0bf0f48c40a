import torch


def squared_distances(a, b):
    """One product: [a, ‖a‖², 1] · [−2b, 1, ‖b‖²]."""
    ones = lambda x: torch.ones_like(x[:, :1])  # noqa: E731
    left = torch.cat([a, (a * a).sum(1, keepdim=True), ones(a)], 1)
    right = torch.cat([-2 * b, ones(b), (b * b).sum(1, keepdim=True)], 1)
    return torch.relu(left @ right.T)


def cosine_distances(a, b):
    lengths = torch.outer(a.pow(2).sum(1).sqrt(), b.pow(2).sum(1).sqrt())
    inner = torch.einsum("nd,md->nm", a, b)
    tiny = torch.finfo(a.dtype).tiny
    return 1 - inner / lengths.clamp(min=tiny)


def knn_predict(train_x, train_y, x, k, metric="euclidean"):
    queries = train_x if x is None else x
    if metric == "cosine":
        d = cosine_distances(queries, train_x)
    else:
        d = squared_distances(queries, train_x)
    labels = []
    for i, row in enumerate(d.tolist()):
        others = (j for j in range(len(row)) if x is not None or j != i)
        neighbours = sorted(others, key=row.__getitem__)[:k]
        near = train_y[neighbours].tolist()
        labels.append(min(set(near), key=lambda y: (-near.count(y), y)))
    return torch.tensor(labels)
