"""Hidden tests of `DecoderLayer`: target and source differ in length, except where one probe says so."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(
    en="No masks, source longer, then shorter, than the target", zh="没有 mask，源序列先长于、再短于目标序列"
)
def values(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 3, 20)
    return [layer(t.randn(2, 5, 12), t.randn(2, 7, 12)), layer(t.randn(3, 4, 12), t.randn(3, 2, 12))]


# equal lengths: what mixes up the two sequences or the two masks gives numbers here, not an error
@probe(en="Both masks, target and source equally long", zh="两种 mask，目标与源长度相同")
def equal_lengths(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 2, 20)
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    return [
        layer(t.randn(3, 5, 12), t.randn(3, 5, 12)),
        layer(t.randn(3, 5, 12), t.randn(3, 5, 12), causal, t.mask(3, 1, 5)),
    ]


@probe(en="Causal self_mask (T, T)", zh="因果 self_mask (T, T)")
def causal_self_mask(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, d_model=12, num_heads=3, d_ff=20)
    causal = torch.ones(4, 4, dtype=torch.bool).tril()
    return layer(t.randn(2, 4, 12), t.randn(2, 6, 12), self_mask=causal)


@probe(en="Padding memory_mask (B, 1, S)", zh="padding memory_mask (B, 1, S)")
def padding_memory_mask(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 2, 9)
    return layer(t.randn(3, 4, 12), t.randn(3, 6, 12), memory_mask=t.mask(3, 1, 6))


# batch = heads: a mask that lacks the head axis broadcasts without an error, to the wrong axis
@probe(en="Masks (B, T, T) and (B, T, S) per sequence", zh="每条序列各有 mask (B, T, T) 和 (B, T, S)")
def masks_per_sequence(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 3, 20)
    return layer(t.randn(3, 4, 12), t.randn(3, 5, 12), t.mask(3, 4, 4), t.mask(3, 4, 5))


@probe(en="A target that may attend to nothing", zh="一个 key 都不能看的目标位置")
def empty_row(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 2, 20)
    self_mask, memory_mask = t.mask(2, 4, 4), t.mask(2, 1, 5)
    self_mask[1, 2] = False
    memory_mask[0] = False
    return layer(t.randn(2, 4, 12), t.randn(2, 5, 12), self_mask, memory_mask)


@probe(en="Tiny inputs, where eps of LayerNorm counts", zh="输入极小：LayerNorm 的 eps 起作用")
def tiny_inputs(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 3, 20)
    return layer(t.randn(2, 5, 12, scale=1e-3), t.randn(2, 3, 12, scale=1e-3))


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    layer = t.module(impl.DecoderLayer, 12, 2, 20)
    return layer(t.randn(2, 3, 12, scale=12.0), t.randn(2, 4, 12, scale=12.0))
