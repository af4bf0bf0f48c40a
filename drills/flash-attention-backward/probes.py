"""Hidden tests of the tiled backward pass: blocks divide no length; B, H, T_q, T_k, d_k, d_v all differ.

What the forward pass leaves behind is computed here in the plain way.
"""

import math

import torch

from llmprep.judge.probes import Tools, probe


def forward(q, k, v, causal=False):
    """The arguments of a backward pass but d_o: q, k, v, o, logsumexp."""
    scores = q @ k.mT / math.sqrt(q.size(-1))
    if causal:
        seen = torch.ones(scores.shape[-2:], dtype=torch.bool).tril(k.size(-2) - q.size(-2))
        scores = scores.masked_fill(~seen, -math.inf)
    return q, k, v, scores.softmax(dim=-1).nan_to_num(0.0) @ v, scores.logsumexp(dim=-1)


@probe(en="Blocks that divide neither length", zh="块长都不整除序列长度", dtypes=False, no_grad=True)
def values(impl, t: Tools):
    kept = forward(t.randn(2, 3, 7, 4, scale=2.0), t.randn(2, 3, 10, 4), t.randn(2, 3, 10, 5))
    return impl.flash_attention_backward(*kept, t.randn(2, 3, 7, 5), 3, 4)


@probe(
    en="Blocks of one, blocks longer than the sequence",
    zh="块长为 1，以及比序列还长",
    dtypes=False,
    no_grad=True,
)
def block_sizes(impl, t: Tools):
    kept, d_o = forward(t.randn(1, 2, 3, 5), t.randn(1, 2, 4, 5), t.randn(1, 2, 4, 3)), t.randn(1, 2, 3, 3)
    sizes = [(1, 2), (16, 3), (2, 32)]
    return [impl.flash_attention_backward(*kept, d_o, block_q=a, block_k=b) for a, b in sizes]


@probe(en="Causal, with wide and narrow tiles", zh="因果，小块有宽有窄", dtypes=False, no_grad=True)
def causal(impl, t: Tools):
    kept = forward(t.randn(2, 1, 7, 5), t.randn(2, 1, 7, 5), t.randn(2, 1, 7, 3), causal=True)
    d_o = t.randn(2, 1, 7, 3)
    sizes = [(2, 4), (4, 2), (16, 16)]
    return [impl.flash_attention_backward(*kept, d_o, a, b, causal=True) for a, b in sizes]


@probe(
    en="Causal after a past; a single query",
    zh="前面有过去时的因果；只有一个 query",
    dtypes=False,
    no_grad=True,
)
def causal_with_past(impl, t: Tools):
    k, v = t.randn(2, 3, 11, 4), t.randn(2, 3, 11, 2)
    some = forward(t.randn(2, 3, 5, 4), k, v, causal=True)
    last = forward(t.randn(2, 3, 1, 4), k, v, causal=True)
    return [
        impl.flash_attention_backward(*some, t.randn(2, 3, 5, 2), 2, 3, True),
        impl.flash_attention_backward(*last, t.randn(2, 3, 1, 2), 4, 4, causal=True),
    ]


@probe(en="Queries that saw no key", zh="一个 key 都看不到的 query", dtypes=False, no_grad=True)
def empty_rows(impl, t: Tools):
    kept = forward(t.randn(2, 3, 8, 4), t.randn(2, 3, 5, 4), t.randn(2, 3, 5, 6), causal=True)
    d_o = t.randn(2, 3, 8, 6)
    return [impl.flash_attention_backward(*kept, d_o, a, b, causal=True) for a, b in ((2, 2), (5, 3), (8, 5))]


@probe(en="Scores of several hundred", zh="分数有几百", dtypes=False, no_grad=True)
def large_scores(impl, t: Tools):
    signs = torch.tensor([1.0, -1.0]).view(2, 1, 1)
    q, k = t.rand(1, 2, 5, 4, low=9.0, high=11.0), t.randn(1, 2, 6, 4, scale=0.2, shift=15.0) * signs
    kept = forward(q, k, t.randn(1, 2, 6, 3))
    return impl.flash_attention_backward(*kept, t.randn(1, 2, 5, 3), 2, 4)


@probe(en="float64", zh="float64", dtypes=False, no_grad=True)
def double(impl, t: Tools):
    q, k, v, d_o = (t.randn(2, 1, *shape).double() for shape in ((5, 4), (3, 4), (3, 6), (5, 6)))
    return impl.flash_attention_backward(*forward(q, k, v), d_o, 4, 2)


# a tile is 36 numbers, 144 bytes; 6 queries × all keys are 576, as is everything for 6 queries
@probe(
    en="No tensor beyond a tile or an argument", zh="没有比小块和参数更大的张量", dtypes=False, no_grad=True
)
def memory(impl, t: Tools):
    kept = forward(t.randn(1, 1, 6, 2), t.randn(1, 1, 24, 2), t.randn(1, 1, 24, 1))
    d_o = t.randn(1, 1, 6, 1)
    return t.cost(lambda: impl.flash_attention_backward(*kept, d_o, 6, 6), largest=2.5, flops=1.5)


# ten of sixteen tiles; a boolean mask of all pairs is 576 bytes
@probe(
    en="Causal: what lies behind the diagonal is not computed",
    zh="因果：对角线之后的小块不计算",
    dtypes=False,
    no_grad=True,
)
def causal_cost(impl, t: Tools):
    kept = forward(t.randn(1, 1, 24, 2), t.randn(1, 1, 24, 2), t.randn(1, 1, 24, 1), causal=True)
    d_o = t.randn(1, 1, 24, 1)
    return t.cost(
        lambda: impl.flash_attention_backward(*kept, d_o, 6, 6, causal=True), largest=2.5, flops=1.5
    )
