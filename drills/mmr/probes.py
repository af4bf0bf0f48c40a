"""Hidden tests of `mmr`: clusters of near-duplicates, vectors of different lengths, negative cosines."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random documents", zh="随机文档", no_grad=True, dtypes=False)
def values(impl, t: Tools):
    return [
        list(impl.mmr(stretched(t, t.randn(6)), stretched(t, t.randn(12, 6)), 7)),
        list(impl.mmr(t.randn(4), stretched(t, t.randn(9, 4)), 5, 0.7)),
    ]


@probe(en="Clusters of near-duplicates", zh="成簇的近似重复", no_grad=True, dtypes=False)
def clusters(impl, t: Tools):
    query, documents = near(t)
    return [list(impl.mmr(query, documents, 6, lam=lam)) for lam in (0.3, 0.5, 0.8)]


@probe(en="Only relevance, only diversity", zh="只看相关，只看多样", no_grad=True, dtypes=False)
def extremes(impl, t: Tools):
    query, documents = t.randn(5), stretched(t, t.randn(10, 5))
    return [list(impl.mmr(query, documents, 6, lam)) for lam in (1.0, 0.0, 0.05)]


@probe(en="Documents that point apart", zh="方向相背的文档", no_grad=True, dtypes=False)
def negative(impl, t: Tools):
    found = []
    for _ in range(4):
        query, documents = t.randn(3), stretched(t, t.randn(8, 3))
        found.append(list(impl.mmr(query, documents, 5, 0.4)))
    return found


@probe(en="None relevant to the query", zh="没有一个与 query 相关", no_grad=True, dtypes=False)
def opposite(impl, t: Tools):
    query = t.randn(6)
    documents = t.randn(7, 6) - 4 * query / query.norm()
    return list(impl.mmr(query, stretched(t, documents), 7, 0.6))


@probe(en="All, one, none", zh="全选、选一个、不选", no_grad=True, dtypes=False)
def counts(impl, t: Tools):
    query, documents = t.randn(5), stretched(t, t.randn(6, 5))
    return [
        list(impl.mmr(query, documents, 6)),
        list(impl.mmr(query, documents, 20, 0.2)),
        list(impl.mmr(query, documents, 1, 0.0)),
        list(impl.mmr(query, documents, 0)),
        list(impl.mmr(query, documents[:1], 3)),
    ]


@probe(en="Cost", zh="开销", no_grad=True, dtypes=False)
def cost(impl, t: Tools):
    query, documents = t.randn(8), t.randn(60, 8)
    return t.cost(lambda: impl.mmr(query, documents, 12), operators=10)


def near(t: Tools):
    """A query, and three clusters of four documents around directions of falling relevance."""
    query = t.randn(8)
    centres = torch.stack([query + t.randn(8, scale=scale) for scale in (0.6, 0.9, 1.2)])
    return query, stretched(t, centres.repeat(4, 1) + t.randn(12, 8, scale=0.15))


def stretched(t: Tools, x: torch.Tensor) -> torch.Tensor:
    """The same directions, other lengths."""
    return x * t.rand(*x.shape[:-1], 1, low=0.2, high=4.0)
