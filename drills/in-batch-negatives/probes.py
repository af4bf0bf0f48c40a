"""Hidden tests of `info_nce`: unlike lengths, every temperature given, M ≠ B, and both directions apart.

Positives are their queries with noise, but not always the nearest candidate. The default temperature
magnifies the rounding of bfloat16 by twenty, so that other dtypes are tried at higher ones.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random pairs", zh="随机的正例对", dtypes=False)
def values(impl, t: Tools):
    return impl.info_nce(*related(t, 5, 8))


@probe(en="Other temperatures", zh="其他温度")
def temperatures(impl, t: Tools):
    q, p = related(t, 4, 6)
    return [impl.info_nce(q, p, 1.0), impl.info_nce(q, p, temperature=2.5)]


@probe(en="Vectors of very different lengths", zh="向量长度悬殊", dtypes=False)
def unlike_lengths(impl, t: Tools):
    q, p = related(t, 5, 4)
    return impl.info_nce(
        q * 10.0 ** t.rand(5, 1, low=-2.0, high=2.0), p * t.rand(5, 1, low=0.1, high=9.0), 0.2
    )


@probe(en="Hard negatives, fewer than queries", zh="难负例，比 query 少", dtypes=False)
def few_negatives(impl, t: Tools):
    q, p = related(t, 5, 6)
    return impl.info_nce(q, p, 0.1, 3.0 * q[:2] + t.randn(2, 6))


@probe(en="Hard negatives, more than queries", zh="难负例，比 query 多")
def many_negatives(impl, t: Tools):
    q, p = related(t, 3, 5)
    return impl.info_nce(q, p, temperature=0.8, negatives=2.0 * t.randn(7, 5))


@probe(en="As many hard negatives as queries", zh="难负例与 query 一样多", dtypes=False)
def own_negatives(impl, t: Tools):
    q, p = related(t, 4, 6)
    return impl.info_nce(q, p, negatives=0.5 * q + 0.4 * t.randn(4, 6))


@probe(en="Both directions (CLIP)", zh="两个方向（CLIP）", dtypes=False)
def symmetric(impl, t: Tools):
    q, p = related(t, 5, 7)
    return impl.info_nce(q, p + 0.8 * t.randn(1, 7), 0.07, symmetric=True)


@probe(en="Both directions, with hard negatives", zh="两个方向，并带难负例")
def symmetric_with_negatives(impl, t: Tools):
    q, p = related(t, 4, 5)
    return impl.info_nce(q, p, 0.6, t.randn(6, 5), True)


# no gradient: so near to a step function it is rounding more than anything
@probe(en="Temperatures of 0.01 and 0.001", zh="温度 0.01 和 0.001", dtypes=False, no_grad=True)
def cold(impl, t: Tools):
    q, p = related(t, 6, 4)
    more = t.randn(3, 4)
    return [impl.info_nce(q, p, tau, more, both) for tau in (0.01, 0.001) for both in (False, True)]


@probe(en="One pair: nothing to choose from", zh="只有一对：没有别的可选", dtypes=False, no_grad=True)
def one_pair(impl, t: Tools):
    q, p = related(t, 1, 4)
    return [impl.info_nce(q, p), impl.info_nce(q, p, symmetric=True), impl.info_nce(q, p, 0.5, t.randn(2, 4))]


def related(t, n, d):
    """Queries and positives (n, d) with cosines around 0.5, of unlike lengths."""
    q = t.randn(n, d)
    p = (q + 1.5 * t.randn(n, d)) * t.rand(n, 1, low=0.5, high=2.0)
    return q * torch.linspace(0.5, 3.0, n)[:, None], p
