"""Hidden tests of k nearest neighbours: the points that vote have whole coordinates, so distances are exact.

Their number is a power of two: centred on their mean they are still exact.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Squared distances", zh="平方距离")
def squared(impl, t: Tools):
    return [
        impl.squared_distances(t.randn(3, 5, scale=2.0), t.randn(4, 5)),
        impl.squared_distances(t.randn(4, 2, scale=2.0), t.randn(4, 2)),
        impl.squared_distances(t.randn(1, 3), t.randn(6, 3)),
    ]


@probe(en="Cosine distances", zh="余弦距离")
def cosine(impl, t: Tools):
    return [
        impl.cosine_distances(t.randn(3, 5, scale=2.0), t.randn(4, 5, scale=0.3)),
        impl.cosine_distances(t.randn(4, 2), t.randn(4, 2, scale=50.0)),
    ]


@probe(en="Cosine with vectors of zeros", zh="含零向量的余弦距离", no_grad=True)
def zero_vectors(impl, t: Tools):
    a, b = t.randn(3, 4), t.randn(5, 4)
    a[1] = b[2] = 0.0
    return impl.cosine_distances(a, b)


@probe(en="No negative squared distance among close points", zh="相近的点之间没有负的平方距离", no_grad=True)
def never_negative(impl, t: Tools):
    points = t.randn(40, 7) + t.randn(7, scale=100.0)
    distances = impl.squared_distances(points, points)
    return bool((distances < 0).any()), bool(distances.isnan().any()), distances.shape


@probe(en="No loop, nothing of size N·M·D", zh="没有循环，没有 N·M·D 的中间结果", no_grad=True, dtypes=False)
def cost(impl, t: Tools):
    a, b = t.randn(40, 30), t.randn(50, 30)
    return [
        t.cost(lambda: impl.squared_distances(a, b), largest=2.0, operators=3.0),
        t.cost(lambda: impl.cosine_distances(a, b), largest=2.0, operators=3.0),
    ]


@probe(en="The vote", zh="投票", no_grad=True, dtypes=False)
def vote(impl, t: Tools):
    train_x, train_y = grid(t, 32, 30), t.randint(0, 4, 32)
    return [impl.knn_predict(train_x, train_y, grid(t, 7, 30), k) for k in (1, 3, 4, 9, 32)]


@probe(en="By cosine", zh="按余弦距离", no_grad=True, dtypes=False)
def vote_by_cosine(impl, t: Tools):
    train_x, train_y = t.randn(20, 3, scale=2.0) * t.rand(20, 1, low=0.1, high=3.0), t.randint(0, 3, 20)
    x = t.randn(9, 3)
    return [
        impl.knn_predict(train_x, train_y, x, 5, "cosine"),
        impl.knn_predict(train_x, train_y, x, 5, metric="euclidean"),
        impl.knn_predict(train_x, train_y, None, 3, "cosine"),
    ]


@probe(en="Equal distances and equal counts", zh="距离相等、票数相等", no_grad=True, dtypes=False)
def ties(impl, t: Tools):
    crowded = [grid(t, 32, 2), t.randint(0, 3, 32)]
    corners = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    origin, labels = torch.zeros(1, 2), torch.tensor([7, 2, 9, 2])
    return [
        *(impl.knn_predict(*crowded, grid(t, 6, 2), k) for k in (1, 2, 3, 6)),
        *(impl.knn_predict(corners, labels, origin, k) for k in (1, 2, 3, 4)),
        impl.knn_predict(corners * torch.tensor([[1.0], [2.0], [3.0], [1.0]]), labels.flip(0), origin, 2),
    ]


@probe(en="Leave one out, with points that occur twice", zh="留一法，含重合的点", no_grad=True, dtypes=False)
def leave_one_out(impl, t: Tools):
    spread, crowded, labels = grid(t, 16, 40), grid(t, 32, 2), t.randint(0, 4, 32)
    return [
        *(impl.knn_predict(spread, labels[:16], None, k) for k in (1, 3, 15)),
        *(impl.knn_predict(crowded, labels, None, k) for k in (1, 2, 5)),
    ]


def grid(t: Tools, n: int, reach: int):
    """Points with whole coordinates."""
    return t.randint(-reach, reach + 1, n, 3 if reach > 2 else 2).float()
