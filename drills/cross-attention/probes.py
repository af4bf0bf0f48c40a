"""Hidden tests of `CrossAttention`: all sizes differ, except where a comment says so."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="A long memory, then a short one", zh="先是长的 memory，再是短的")
def values(impl, t: Tools):
    attention = t.module(impl.CrossAttention, 12, 10, 3)
    return [attention(t.randn(2, 5, 12), t.randn(2, 7, 10)), attention(t.randn(2, 4, 12), t.randn(2, 3, 10))]


# what mixes up x and memory gives numbers here, not an error
@probe(en="Memory as wide and as long as x", zh="memory 与 x 同宽同长")
def equal_sizes(impl, t: Tools):
    attention = t.module(impl.CrossAttention, d_model=8, d_memory=8, num_heads=2)
    return attention(t.randn(3, 5, 8), t.randn(3, 5, 8))


@probe(
    en="One head, heads of width 1, one query, one source token",
    zh="单 head、宽度为 1 的 head、单个 query、单个源 token",
)
def extremes(impl, t: Tools):
    one, many = t.module(impl.CrossAttention, 6, 4, 1), t.module(impl.CrossAttention, 6, 9, 6)
    return [
        one(t.randn(2, 1, 6), t.randn(2, 5, 4)),
        many(t.randn(2, 3, 6), t.randn(2, 4, 9)),
        many(t.randn(2, 3, 6), t.randn(2, 1, 9)),
    ]


@probe(en="Padding in the memory", zh="memory 里有 padding")
def padding(impl, t: Tools):
    attention = t.module(impl.CrossAttention, 12, 10, 3)
    unequal = attention(t.randn(2, 5, 12), t.randn(2, 7, 10), t.mask(2, 7))
    return [unequal, attention(t.randn(2, 4, 12), t.randn(2, 4, 10), t.mask(2, 4))]


# batch = heads = queries: a mask that lacks an axis broadcasts without an error, to the wrong one
@probe(en="As many sequences as heads and queries", zh="序列数、head 数、query 数都相等")
def padding_per_sequence(impl, t: Tools):
    attention = t.module(impl.CrossAttention, 12, 5, 3)
    return attention(t.randn(3, 3, 12), t.randn(3, 6, 5), memory_mask=t.mask(3, 6))


@probe(en="A memory that is masked throughout", zh="memory 整段被挡住")
def empty_memory(impl, t: Tools):
    attention = t.module(impl.CrossAttention, 12, 10, 2)
    mask = t.mask(3, 5)
    mask[1] = False
    return attention(t.randn(3, 4, 12), t.randn(3, 5, 10), mask)


@probe(en="Another memory for the same queries", zh="同样的 query，换一个 memory")
def another_memory(impl, t: Tools):
    attention, x = t.module(impl.CrossAttention, 12, 10, 3), t.randn(2, 4, 12)
    first, second = t.randn(2, 6, 10), t.randn(2, 6, 10)
    return [attention(x, first), attention(x, second, t.mask(2, 6)), attention(x, first)]


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(
    en="Large inputs, and scores far below zero beside padding",
    zh="输入很大，真实 token 的分数远低于 0",
    dtypes=False,
)
def large_inputs(impl, t: Tools):
    attention = t.module(impl.CrossAttention, 12, 10, 2)
    mask = torch.tensor([[True, False, False, False], [True, False, True, True]])
    return attention(t.randn(2, 5, 12, scale=20.0), t.randn(2, 4, 10, scale=20.0), mask)
