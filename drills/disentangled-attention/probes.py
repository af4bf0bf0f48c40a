"""Hidden tests of `DisentangledSelfAttention`: lengths below, at and above the clipping distance k."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Distances clipped on both sides (k = 2, 7 tokens)", zh="两端都有截断（k = 2，7 个 token）")
def clipped(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 12, 3)
    return attention(t.randn(2, 7, 12), t.randn(4, 12))


@probe(en="Nothing clipped (k = 5, 4 tokens)", zh="没有截断（k = 5，4 个 token）")
def not_clipped(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, d_model=8, num_heads=2)
    return attention(t.randn(3, 4, 8), t.randn(10, 8))


@probe(en="The largest distance is k, and a single token", zh="最大距离恰为 k，以及只有一个 token")
def at_the_boundary(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 6, 1)
    relative = t.randn(6, 6)
    return [attention(t.randn(2, 4, 6), relative), attention(t.randn(1, 1, 6), relative)]


@probe(en="Identical tokens: position alone decides", zh="所有 token 相同：只由位置决定")
def identical_tokens(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 8, 2)
    x = t.randn(2, 1, 8).expand(2, 6, 8).clone()
    x[:, 4] *= -1.0  # one differs, or the values would be all the same
    return attention(x, t.randn(6, 8, scale=2.0))


@probe(en="Padding mask (B, 1, T)", zh="padding mask (B, 1, T)")
def padding_mask(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 12, 2)
    return attention(t.randn(3, 5, 12), t.randn(8, 12), t.mask(3, 1, 5))


# batch = heads: a mask that lacks the head axis broadcasts without an error, to the wrong axis
@probe(en="Masks (B, T, T) and (T, T)", zh="mask (B, T, T) 与 (T, T)")
def other_masks(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 12, 3)
    relative = t.randn(4, 12)
    return [
        attention(t.randn(3, 4, 12), relative, mask=t.mask(3, 4, 4)),
        attention(t.randn(2, 5, 12), relative, torch.ones(5, 5, dtype=torch.bool).tril()),
    ]


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Scores in the hundreds, some masked", zh="分数上百，部分被遮", dtypes=False)
def large_scores(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 8, 2)
    return attention(t.randn(2, 5, 8, scale=14.0), t.randn(6, 8, scale=14.0), t.mask(2, 5, 5))


@probe(
    en="No tensor of T·T·d_k numbers per head",
    zh="不生成每个 head T·T·d_k 个数的张量",
    no_grad=True,
    dtypes=False,
)
def cost(impl, t: Tools):
    attention = t.module(impl.DisentangledSelfAttention, 32, 2)
    x, relative = t.randn(2, 20, 32), t.randn(4, 32)
    return t.cost(lambda: attention(x, relative), largest=3.0, flops=2.0)
