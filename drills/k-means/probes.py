"""Hidden tests of k-means.

Labels are decisions that rounding may turn: long runs are in float64, other dtypes are a probe of their own.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(
    en="Assignment alone, with equal distances", zh="只做分配，含距离相等的情形", no_grad=True, dtypes=False
)
def assignment(impl, t: Tools):
    centers = torch.tensor([[4.0, 0.0], [0.0, 4.0], [0.0, 0.0], [0.0, 4.0]])
    points = torch.tensor([[2.0, 0.0], [0.0, 2.0], [2.0, 2.0], [5.0, 5.0], [-1.0, 9.0], [1.0, 1.0]])
    return [impl.kmeans(points, centers, 0), impl.kmeans(t.randn(9, 5), t.randn(4, 5), 0)]


@probe(en="One, two, three iterations", zh="一、二、三次迭代", no_grad=True, dtypes=False)
def few_iterations(impl, t: Tools):
    x = clouds(t, 30, 4, 3)
    return [impl.kmeans(x, x[:4], n) for n in (1, 2, 3)]


@probe(en="To the end", zh="迭代到结束", no_grad=True, dtypes=False)
def to_the_end(impl, t: Tools):
    x, one = t.randn(60, 2).double(), t.randn(7, 3)
    return [impl.kmeans(x, x[:5], 100), impl.kmeans(x, x[40:42], 100), impl.kmeans(one, one[:1])]


@probe(en="The default number of iterations", zh="默认的迭代次数", no_grad=True, dtypes=False)
def default_iterations(impl, t: Tools):
    x = t.rand(300, 1).double().sort(dim=0).values  # from one end, centers take 40 and more to spread
    return impl.kmeans(x, x[:10])


# the first center is settled from the beginning, the others are not
@probe(
    en="One center that has settled long before the others",
    zh="某个中心早早不动，其余仍在移动",
    no_grad=True,
    dtypes=False,
)
def settled_center(impl, t: Tools):
    far = t.randn(4, 2) + 100.0
    x = torch.cat([far, t.randn(40, 2)]).double()
    return impl.kmeans(x, torch.cat([x[:4].mean(0, keepdim=True), x[4:8]]))


@probe(en="Centers without points", zh="没有点的中心", no_grad=True, dtypes=False)
def empty_clusters(impl, t: Tools):
    x, far = t.randn(20, 3), t.randn(2, 3) + 50.0
    twice = torch.cat([x[:2], x[:1], far])
    # the middle center loses its point after one move
    line = torch.tensor([[0.0], [1.0], [5.0], [6.0], [2.9], [-8.0]])
    return [
        impl.kmeans(x, torch.cat([far[:1], x[:3], far[1:]])),
        impl.kmeans(x, twice, 2),
        impl.kmeans(line, torch.tensor([[2.0], [2.9], [4.5]])),
        impl.kmeans(x[:2], x[:5]),
    ]


@probe(en="float64", zh="float64", no_grad=True, dtypes=False)
def double(impl, t: Tools):
    x = clouds(t, 25, 3, 3).double() + 1e5
    labels, centers, inertia = impl.kmeans(x, x[:3])
    return [labels, centers - 1e5, inertia]  # the digits that float32 does not have


@probe(en="It ends when nothing changes", zh="不再变化时结束", no_grad=True, dtypes=False)
def ends(impl, t: Tools):
    x = torch.cat([t.randn(6, 2), t.randn(6, 2) + 30.0])
    start = torch.stack([x[0], x[-1]])
    return [t.cost(lambda: impl.kmeans(x, start, 400), operators=40.0), impl.kmeans(x, start, 400)]


@probe(en="k-means++: points of x, no point twice", zh="k-means++：取自 x 的点，不重复", random=True)
def chosen_points(impl, t: Tools):
    x = torch.tensor([[0.0, 1.0], [5.0, 2.0], [0.0, 1.0], [7.0, -3.0], [5.0, 2.0]])
    return [sorted(impl.init_centers(x, 3).tolist()), impl.init_centers(x, 1).shape]


# 16 points near one another, one far off: it has 3/4 of the squared distances, 1/3 of the distances
@probe(en="k-means++: the law of the first two", zh="k-means++：前两个中心的分布", random=True)
def law_of_two(impl, t: Tools):
    angles = torch.arange(16) * (torch.pi / 8)
    x = torch.cat([torch.stack([angles.cos(), angles.sin()], dim=1), torch.tensor([[0.0, 10.0]])])

    def first_and_far():
        chosen = where(x, impl.init_centers(x, 2))
        return chosen[0] == 0, 16 in chosen

    return t.law(first_and_far, 200)


@probe(en="k-means++: the law of the third", zh="k-means++：第三个中心的分布", random=True)
def law_of_the_third(impl, t: Tools):
    x = torch.tensor([[0.0], [1.0], [100.0], [102.0]])
    return t.law(lambda: sorted(set(where(x, impl.init_centers(x, 3)))), 80)


def clouds(t: Tools, n: int, k: int, dimensions: int):
    """n points around k places."""
    return t.randn(k, dimensions, scale=2.0)[t.randint(0, k, n)] + t.randn(n, dimensions)


def where(x, centers):
    """Which points the centers are, in the order drawn."""
    return [next(i for i, point in enumerate(x.tolist()) if point == center) for center in centers.tolist()]
