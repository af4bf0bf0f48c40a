"""Hidden tests of the embedding functions: more places than rows, so that ids repeat; all sizes differ."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Lookup for ids of any shape", zh="任意形状的 ids 查表")
def lookup(impl, t: Tools):
    weight = t.randn(7, 5)
    return [
        impl.embedding(t.randint(0, 7, 4), weight),
        impl.embedding(t.randint(0, 7, 2, 3), weight),
        impl.embedding(torch.tensor([6, 0]), weight),
        impl.embedding(torch.tensor(6), weight),
        impl.embedding(t.randint(0, 7, 0), weight),
    ]


@probe(en="Ids outside the table raise IndexError", zh="越界的 id 抛出 IndexError", no_grad=True)
def bad_ids(impl, t: Tools):
    weight, seen = t.randn(7, 5), []
    for bad in (-1, 7, -7, -100):
        ids = t.randint(0, 7, 2, 3)
        ids[1, 1] = bad
        seen.append(t.raises(lambda ids=ids: impl.embedding(ids, weight), IndexError))
    return seen


@probe(en="Gradient of the table, with repeated ids", zh="表的梯度，id 有重复", no_grad=True)
def repeated(impl, t: Tools):
    return [
        impl.embedding_backward(t.randn(9, 5), t.randint(0, 4, 9), 6),
        impl.embedding_backward(t.randn(3, 4, 5), t.randint(0, 6, 3, 4), 6),
        impl.embedding_backward(t.randn(*t.lead, 4, 3), t.randint(1, 3, *t.lead, 4), 7),
        impl.embedding_backward(t.randn(5), torch.tensor(2), 6),
    ]


@probe(
    en="The padding row receives nothing, also row 0", zh="padding 行没有梯度，第 0 行也一样", no_grad=True
)
def padding(impl, t: Tools):
    ids = t.randint(0, 4, 3, 5)
    ids[:, 3:] = torch.tensor([0, 2])
    return [
        impl.embedding_backward(t.randn(3, 5, 4), ids, 6, 2),
        impl.embedding_backward(t.randn(3, 5, 4), ids, 6, padding_idx=0),
        impl.embedding_backward(t.randn(3, 5, 4), ids, 6, 5),
    ]


@probe(en="Tied output logits", zh="共享权重的输出 logits")
def logits(impl, t: Tools):
    weight = t.randn(7, 5)
    return [impl.tied_logits(t.randn(2, 3, 5), weight), impl.tied_logits(t.randn(5), weight)]


@probe(en="Gradient of the table used at both ends", zh="两端共用时表的梯度", no_grad=True)
def both_ends(impl, t: Tools):
    return [
        impl.tied_backward(t.randn(6, 5), t.randint(0, 4, 6), t.randn(6, 7), t.randn(6, 5)),
        impl.tied_backward(t.randn(2, 4, 5), t.randint(0, 7, 2, 4), t.randn(2, 4, 7), t.randn(2, 4, 5)),
    ]


@probe(en="Padding stops only the part of the lookup", zh="padding 只挡住查表的部分", no_grad=True)
def both_ends_padded(impl, t: Tools):
    ids = t.randint(0, 4, 2, 5)
    ids[:, 3:] = torch.tensor([0, 2])
    return [
        impl.tied_backward(t.randn(2, 5, 4), ids, t.randn(2, 3, 6), t.randn(2, 3, 4), index)
        for index in (0, 2)
    ]


@probe(en="No one-hot matrix", zh="不造 one-hot 矩阵", no_grad=True, dtypes=False)
def memory(impl, t: Tools):
    ids, weight, gradient = t.randint(0, 300, 60), t.randn(300, 4), t.randn(60, 4)
    return [
        t.cost(lambda: impl.embedding(ids, weight), largest=3.0),
        t.cost(lambda: impl.embedding_backward(gradient, ids, 300), largest=3.0),
    ]
