"""Hidden tests of the cosine and its regression loss: unlike lengths, extreme lengths, zero vectors.

The number of pairs differs from the number of components, and gold scores are not what the cosines are. One
pair in each batch is close: where all cosines are small, a relative tolerance would judge the rounding.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Cosines of random pairs", zh="随机向量对的 cosine")
def cosines(impl, t: Tools):
    u, v = 2.0 * t.randn(5, 7), 0.3 * t.randn(5, 7)
    v[4] += 0.5 * u[4]
    return impl.cosine_similarity(u, v)


@probe(en="The loss", zh="loss")
def loss(impl, t: Tools):
    return impl.cosine_similarity_loss(2.0 * t.randn(6, 4), t.randn(6, 4), t.rand(6))


@probe(en="Negative scores and cosines", zh="负的分数和负的 cosine")
def negative(impl, t: Tools):
    u = t.randn(5, 3)
    v = 0.3 * t.randn(5, 3) - u
    return [impl.cosine_similarity(u, v), impl.cosine_similarity_loss(u, v, t.rand(5, low=-1.0, high=0.0))]


@probe(en="Parallel and opposite vectors", zh="同向与反向的向量", no_grad=True)
def parallel(impl, t: Tools):
    u = t.randn(4, 5)
    return impl.cosine_similarity(u, torch.tensor([[2.0], [-0.5], [1.0], [-1.0]]) * u)


@probe(en="Lengths from 1e-6 to 1e6", zh="长度从 1e-6 到 1e6", no_grad=True)
def lengths(impl, t: Tools):
    directions = t.randn(2, 4, 6)
    u, v = directions / directions.norm(dim=-1, keepdim=True)
    return [
        impl.cosine_similarity(1e-6 * u, 1e-6 * v),
        impl.cosine_similarity(1e6 * u, 1e6 * v),
        impl.cosine_similarity(1e-6 * u, 1e6 * v),
    ]


@probe(en="Zero vectors: cosine 0, no gradient", zh="零向量：cosine 为 0，没有梯度")
def zeros(impl, t: Tools):
    return impl.cosine_similarity(*pairs_with_zeros(t))


@probe(en="Pairs with a zero vector count in the mean", zh="含零向量的对也计入平均")
def loss_with_zeros(impl, t: Tools):
    return impl.cosine_similarity_loss(*pairs_with_zeros(t), t.rand(5, low=0.2, high=1.0))


@probe(en="One pair", zh="只有一对")
def one_pair(impl, t: Tools):
    u = t.randn(1, 3)
    v = 2.0 * u + t.randn(1, 3)
    return [impl.cosine_similarity(u, v), impl.cosine_similarity_loss(u, v, t.rand(1, low=-2.0, high=-1.0))]


@probe(en="Only matching rows are multiplied", zh="只算对应的行", no_grad=True, dtypes=False)
def cost_of_pairs(impl, t: Tools):
    u, v = t.randn(80, 4), t.randn(80, 4)
    return t.cost(lambda: impl.cosine_similarity(u, v), largest=3.0)


def pairs_with_zeros(t):
    """Five pairs (5, 4): a usual one, u zero, v zero, both zero, a usual one."""
    u, v = t.randn(5, 4), t.randn(5, 4)
    v[0] += 3.0 * u[0]
    u[1], u[3], v[2], v[3] = 0.0, 0.0, 0.0, 0.0
    return u, v
