"""Hidden tests of `Qwen2Attention`.

Angles are random: whoever computes tables of their own, or rotates by the difference to another position,
gets other numbers. Groups are never as many as members of a group.
"""

import torch

from llmprep.judge.probes import Tools, probe


def tables(t, length, pairs):
    """cos and sin of a random angle for each position and pair."""
    angles = t.rand(length, pairs, high=6.28)
    return angles.cos(), angles.sin()


@probe(en="Six heads on two KV heads", zh="6 个 head 配 2 个 KV head")
def values(impl, t: Tools):
    layer = t.module(impl.Qwen2Attention, 24, 6, 2)
    return layer(t.randn(2, 5, 24), *tables(t, 5, 2))


@probe(
    en="One KV head, as many as heads, three pairs a head",
    zh="KV head 为 1 个、与 head 一样多，每个 head 三对",
)
def both_ends(impl, t: Tools):
    mqa = t.module(impl.Qwen2Attention, d_model=18, num_heads=3, num_kv_heads=1)
    mha = t.module(impl.Qwen2Attention, d_model=18, num_heads=3, num_kv_heads=3)
    cos, sin = tables(t, 4, 3)
    return [mqa(t.randn(2, 4, 18), cos, sin), mha(t.randn(3, 4, 18), cos=cos, sin=sin)]


# what is left are the biases: the keys differ by their rotation only
@probe(en="Input of zeros: what the biases do", zh="输入全零：只剩 bias 的作用")
def biases_alone(impl, t: Tools):
    layer = t.module(impl.Qwen2Attention, 16, 4, 2)
    return layer(torch.zeros(2, 3, 16), *tables(t, 3, 2))


@probe(en="As many tokens as heads", zh="token 数与 head 数相同")
def as_many_tokens_as_heads(impl, t: Tools):
    layer = t.module(impl.Qwen2Attention, 16, 4, 2)
    return layer(t.randn(2, 4, 16), *tables(t, 4, 2))


@probe(en="Lengths 6, 1 and 3 in turn, each with its own angles", zh="长度依次为 6、1、3，角度各不相同")
def lengths(impl, t: Tools):
    layer = t.module(impl.Qwen2Attention, 12, 3, 1)
    return [layer(t.randn(2, length, 12), *tables(t, length, 2)) for length in (6, 1, 3)]


# in bfloat16 scores of this size are rounded by whole units; a saturated softmax has almost no gradient
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False, no_grad=True)
def large_inputs(impl, t: Tools):
    layer = t.module(impl.Qwen2Attention, 16, 4, 2)
    return layer(t.randn(1, 5, 16, scale=15.0), *tables(t, 5, 2))
