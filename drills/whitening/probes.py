"""Hidden tests of whitening. A column of W may have either sign, so |W| and W·Wᵀ are compared, never W.

Vectors are drawn with unlike spreads along directions that are not the axes, around a mean far from zero.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Mean cosine of pairs", zh="向量对的平均 cosine", dtypes=False)
def anisotropy(impl, t: Tools):
    crowded, direction = t.randn(6, 4) + 2.0 * t.randn(1, 4), t.randn(1, 5)
    opposite = torch.cat((direction, -direction)) + 0.5 * t.randn(2, 5)
    return [
        impl.mean_pairwise_cosine(crowded * t.rand(6, 1, low=0.2, high=5.0)),
        impl.mean_pairwise_cosine(direction + 0.5 * t.randn(2, 5)),
        impl.mean_pairwise_cosine(opposite),
    ]


@probe(en="The mean, and W up to signs", zh="均值，以及不计正负号的 W", dtypes=False, no_grad=True)
def fit(impl, t: Tools):
    return up_to_signs(*impl.fit_whitening(cloud(t, 30, 4)))


@probe(en="The first k columns", zh="前 k 列", dtypes=False, no_grad=True)
def first_columns(impl, t: Tools):
    vectors = cloud(t, 25, 5)
    return [up_to_signs(*impl.fit_whitening(vectors, k)) for k in (1, 3, 5)]


@probe(en="Fewer vectors than dimensions", zh="向量比维数少", dtypes=False, no_grad=True)
def few_vectors(impl, t: Tools):
    return up_to_signs(*impl.fit_whitening(cloud(t, 5, 7), k=2))


@probe(en="float64", zh="float64", dtypes=False, no_grad=True)
def double(impl, t: Tools):
    vectors = cloud(t, 20, 4).double()
    mean, W = impl.fit_whitening(vectors, 3)
    return [*up_to_signs(mean, W), impl.whiten(vectors, mean, W).abs(), impl.mean_pairwise_cosine(vectors)]


@probe(en="New vectors, given statistics", zh="新向量，用给定的统计量", dtypes=False)
def new_vectors(impl, t: Tools):
    mean, W = t.randn(5, shift=2.0), t.randn(5, 3)
    return [impl.whiten(t.randn(4, 5), mean, W), impl.whiten(t.randn(1, 5), mean, W)]


@probe(
    en="After whitening: covariance and cosines", zh="白化之后：协方差与 cosine", dtypes=False, no_grad=True
)
def whitened(impl, t: Tools):
    vectors = cloud(t, 30, 4)
    white = impl.whiten(vectors, *impl.fit_whitening(vectors))
    cosines = torch.nn.functional.normalize(white, dim=-1) @ torch.nn.functional.normalize(white, dim=-1).T
    return [white.T @ white / len(white), cosines, impl.mean_pairwise_cosine(vectors)]


def cloud(t, n, d):
    """n vectors (n, d): spreads from 3 down to 0.5 along random directions, far from the origin."""
    directions, _ = torch.linalg.qr(t.randn(d, d))
    return (t.randn(n, d) * torch.linspace(3.0, 0.5, d)) @ directions.T + 4.0 * t.randn(1, d)


def up_to_signs(mean, W):
    return [mean, W.abs(), W @ W.T]
