"""Hidden tests of `cosine_top_k`; vectors of very different lengths, so that dot products rank otherwise."""

import torch

from llmprep.judge.probes import Tools, probe

GAP = 0.04


@probe(en="Vectors of different lengths", zh="长短不一的向量")
def values(impl, t: Tools):
    queries, documents = collection(t, 2, 7, 5)
    return impl.cosine_top_k(queries, documents, 3)


@probe(en="All documents, some pointing away", zh="返回全部文档，有些方向相反")
def everything(impl, t: Tools):
    queries, documents = collection(t, 1, 6, 4)
    documents[1] = -3 * queries[0]
    return impl.cosine_top_k(queries, documents, 6)


@probe(en="k larger than the collection", zh="k 大于文档数")
def large_k(impl, t: Tools):
    queries, documents = collection(t, 2, 3, 6)
    return [impl.cosine_top_k(queries, documents, 4), impl.cosine_top_k(queries, documents, 1)]


@probe(en="Other leading dimensions", zh="不同的前置维度")
def leading(impl, t: Tools):
    queries, documents = collection(t, 2, 6, 8)
    return [
        impl.cosine_top_k(queries[0], documents, 2),
        impl.cosine_top_k(queries.view(2, 1, 8), documents, 3),
    ]


@probe(en="A larger collection", zh="更大的文档集", dtypes=False)
def larger(impl, t: Tools):
    angles = (1 + t.rand(40).argsort()) * torch.pi / 41  # in a plane, so that all cosines are apart
    documents = torch.stack((angles.cos(), angles.sin()), dim=-1) * t.rand(40, 1, low=0.1, high=9)
    return impl.cosine_top_k(torch.tensor([[2.0, 0.0], [0.1, 0.0]]), documents, 15)


@probe(en="Vectors of zeros", zh="全零向量", no_grad=True)
def zeros(impl, t: Tools):
    queries, documents = collection(t, 2, 5, 4)
    documents[3] = 0.0
    nothing, _ = impl.cosine_top_k(torch.zeros(1, 4), documents, 4)
    return [impl.cosine_top_k(queries, documents, 5), nothing]


@probe(en="Very short and very long vectors", zh="极短与极长的向量")
def magnitudes(impl, t: Tools):
    queries, documents = collection(t, 2, 6, 5)
    unit = documents / documents.norm(dim=-1, keepdim=True)
    lengths = torch.tensor([1e-4, 9e3, 2e-4, 1.0, 5e3, 3e-4])[:, None]
    return [
        impl.cosine_top_k(queries * 1e-4, unit * lengths, 4),
        impl.cosine_top_k(queries * 1e3, unit * lengths, 2),
    ]


def collection(t: Tools, n: int, size: int, width: int):
    """Queries (n, width) and documents (size, width) , the cosines GAP apart from each other and from 0."""
    while True:
        queries, documents = t.randn(n, width), t.randn(size, width)
        cosines = torch.cosine_similarity(queries[:, None], documents, dim=-1)
        with_zero = torch.cat((cosines, torch.zeros(n, 1)), dim=1).sort(dim=-1).values
        if with_zero.diff(dim=-1).min() > GAP and with_zero.max() < 1 - GAP and with_zero.min() > GAP - 1:
            return queries * t.rand(n, 1, low=0.3, high=3), documents * t.rand(size, 1, low=0.1, high=9)
