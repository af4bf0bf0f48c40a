"""Hidden tests of the tiled forward pass: blocks divide no length; B, H, T_q, T_k, d_k, d_v all differ."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Blocks that divide neither length", zh="块长都不整除序列长度", no_grad=True)
def values(impl, t: Tools):
    q, k, v = t.randn(2, 3, 7, 4, scale=2.0), t.randn(2, 3, 10, 4), t.randn(2, 3, 10, 5)
    return impl.flash_attention(q, k, v, 3, 4)


@probe(en="Blocks of one, blocks longer than the sequence", zh="块长为 1，以及比序列还长", no_grad=True)
def block_sizes(impl, t: Tools):
    q, k, v = t.randn(1, 2, 3, 3), t.randn(1, 2, 4, 3), t.randn(1, 2, 4, 5)
    sizes = [(1, 1), (2, 4), (16, 3), (2, 32)]
    return [impl.flash_attention(q, k, v, block_q=a, block_k=b) for a, b in sizes]


@probe(en="Causal, with wide and narrow tiles", zh="因果，小块有宽有窄", no_grad=True)
def causal(impl, t: Tools):
    q, k, v = t.randn(2, 1, 7, 5), t.randn(2, 1, 7, 5), t.randn(2, 1, 7, 3)
    sizes = [(2, 4), (4, 2), (5, 1), (16, 16)]
    return [impl.flash_attention(q, k, v, a, b, causal=True) for a, b in sizes]


@probe(en="Causal after a past; a single query", zh="前面有过去时的因果；只有一个 query", no_grad=True)
def causal_with_past(impl, t: Tools):
    k, v = t.randn(2, 3, 11, 4), t.randn(2, 3, 11, 2)
    some = impl.flash_attention(t.randn(2, 3, 5, 4), k, v, 2, 3, True)
    return [some, impl.flash_attention(t.randn(2, 3, 1, 4), k, v, 4, 4, causal=True)]


@probe(en="Queries that see no key", zh="一个 key 都看不到的 query", no_grad=True)
def empty_rows(impl, t: Tools):
    q, k, v = t.randn(2, 3, 8, 4), t.randn(2, 3, 5, 4), t.randn(2, 3, 5, 6)
    return [impl.flash_attention(q, k, v, a, b, causal=True) for a, b in ((2, 2), (5, 3), (8, 5))]


@probe(
    en="Maxima that rise and fall, scores of several hundred", zh="最大值时升时降，分数有几百", no_grad=True
)
def large_scores(impl, t: Tools):
    q, v = t.rand(2, 2, 6, 4, low=8.0, high=12.0), t.randn(2, 2, 9, 3)
    steps = torch.tensor([0.25, 2.25, 2.26, -10, 7.5, 12.5, 12.49, -1.75, 0]).view(9, 1)
    k = t.randn(2, 2, 9, 4, scale=0.05) + steps
    heads = torch.tensor([[1, -1], [0.02, 2]]).view(2, 2, 1, 1)
    rows = torch.tensor([1, -1, 0.02, -0.5, 2, -2]).view(6, 1)
    rising = [impl.flash_attention(some, k, v, 4, 2) for some in (q * heads, q * rows)]
    return [*rising, impl.flash_attention(-q, k.abs() + 8, v, 3, 4)]


# sixteenths are exact in bfloat16, so that what is lost is lost on the way
@probe(en="Many keys, few at a time", zh="很多 key，每次只有几个", no_grad=True)
def many_keys(impl, t: Tools):
    q, k, v = (t.randint(1, 100, 1, 1, length, width) / 16 for length, width in ((2, 4), (50, 4), (50, 3)))
    return impl.flash_attention(q, k, v, 2, 3)


# a tile is 36 numbers, 144 bytes; 6 queries × all keys are 576, a boolean mask of all pairs 432
@probe(
    en="No tensor beyond a tile or an argument", zh="没有比小块和参数更大的张量", dtypes=False, no_grad=True
)
def memory(impl, t: Tools):
    q, k, v = t.randn(1, 1, 6, 2), t.randn(1, 1, 24, 2), t.randn(1, 1, 24, 1)
    return t.cost(lambda: impl.flash_attention(q, k, v, 6, 6), largest=2.5, flops=1.1)


@probe(
    en="Causal: what lies behind the diagonal is not computed",
    zh="因果：对角线之后的小块不计算",
    dtypes=False,
    no_grad=True,
)
def causal_cost(impl, t: Tools):
    q, k, v = t.randn(1, 1, 18, 2), t.randn(1, 1, 24, 2), t.randn(1, 1, 24, 1)
    return t.cost(lambda: impl.flash_attention(q, k, v, 6, 6, causal=True), largest=2.5, flops=1.1)
