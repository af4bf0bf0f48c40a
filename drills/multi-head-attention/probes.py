"""Hidden tests of `MultiHeadAttention`: all sizes differ, except where a comment says so."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Different query, key and value, two pairs of lengths", zh="query、key、value 各不相同，两组长度")
def values(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 24, 4)
    long = mha(t.randn(2, 5, 24), t.randn(2, 7, 24), t.randn(2, 7, 24))
    return [long, mha(t.randn(3, 6, 24), t.randn(3, 2, 24), t.randn(3, 2, 24))]


# equal lengths: what mixes up the three tensors gives numbers here, not an error
@probe(en="Different query, key and value of equal length", zh="长度相同、内容不同的 query、key、value")
def equal_lengths(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 24, 4)
    return mha(t.randn(2, 5, 24), t.randn(2, 5, 24), t.randn(2, 5, 24))


@probe(
    en="Self-attention: no mask, a causal one (T, T), another one",
    zh="自注意力：无 mask、因果 mask (T, T)、另一个 mask",
)
def self_attention(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 12, 3)
    x = t.randn(2, 5, 12)
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    return [mha(x, x, x), mha(x, x, x, causal), mha(x, x, x, t.mask(5, 5))]


@probe(en="One head, and heads of width 1", zh="只有一个 head，以及每个 head 宽度为 1")
def extreme_heads(impl, t: Tools):
    one = t.module(impl.MultiHeadAttention, d_model=6, num_heads=1)
    many = t.module(impl.MultiHeadAttention, d_model=6, num_heads=6)
    x, memory = t.randn(2, 3, 6), t.randn(2, 4, 6)
    return [one(x, memory, memory), many(x, memory, memory)]


# batch = heads: a mask that lacks the head axis broadcasts without an error, to the wrong axis
@probe(en="One mask (B, T_q, T_k) per sequence", zh="每条序列一个 mask (B, T_q, T_k)")
def mask_per_sequence(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 12, 3)
    return mha(t.randn(3, 4, 12), t.randn(3, 5, 12), t.randn(3, 5, 12), t.mask(3, 4, 5))


@probe(en="Padding mask (B, 1, T_k)", zh="padding mask (B, 1, T_k)")
def padding_mask(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 24, 4)
    return mha(t.randn(3, 5, 24), t.randn(3, 7, 24), t.randn(3, 7, 24), mask=t.mask(3, 1, 7))


@probe(en="A query that may attend to nothing", zh="一个 key 都不能看的 query")
def empty_row(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 12, 2)
    mask = t.mask(3, 4, 5)
    mask[0, 1] = False
    mask[2, 3] = False
    return mha(t.randn(3, 4, 12), t.randn(3, 5, 12), t.randn(3, 5, 12), mask)


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    mha = t.module(impl.MultiHeadAttention, 12, 2)
    return mha(t.randn(2, 3, 12, scale=12.0), t.randn(2, 4, 12, scale=12.0), t.randn(2, 4, 12))


# nothing is computed here, so there is no dtype and no gradient to vary
@probe(
    en="ValueError if the heads do not divide the width",
    zh="宽度不能被 head 数整除时抛 ValueError",
    no_grad=True,
    dtypes=False,
)
def not_divisible(impl, t: Tools):
    impl.MultiHeadAttention(8, 4)
    return [
        t.raises(lambda: impl.MultiHeadAttention(10, 4)),
        t.raises(lambda: impl.MultiHeadAttention(d_model=4, num_heads=8)),
    ]
