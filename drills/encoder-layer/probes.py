"""Hidden tests of `EncoderLayer`: all sizes differ; masks, tiny inputs (eps) and large ones."""

from llmprep.judge.probes import Tools, probe


@probe(en="No mask, two lengths", zh="没有 mask，两种长度")
def values(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 3, 20)
    return [layer(t.randn(2, 5, 12)), layer(t.randn(4, 2, 12))]


@probe(en="One head, a narrow feed-forward network", zh="只有一个 head，FFN 比 d_model 窄")
def other_sizes(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, d_model=8, num_heads=1, d_ff=6)
    return layer(t.randn(3, 4, 8))


@probe(
    en="Padding mask (B, 1, T), then one mask (T, T) for all",
    zh="先是 padding mask (B, 1, T)，再是共用的 mask (T, T)",
)
def masks(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 2, 20)
    x = t.randn(3, 6, 12)
    return [layer(x, t.mask(3, 1, 6)), layer(x, mask=t.mask(6, 6))]


# batch = heads: a mask that lacks the head axis broadcasts without an error, to the wrong axis
@probe(en="One mask (B, T, T) per sequence", zh="每条序列一个 mask (B, T, T)")
def mask_per_sequence(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 3, 20)
    return layer(t.randn(3, 4, 12), t.mask(3, 4, 4))


@probe(en="A query that may attend to nothing", zh="一个 key 都不能看的 query")
def empty_row(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 2, 20)
    mask = t.mask(2, 4, 4)
    mask[1, 2] = False
    return layer(t.randn(2, 4, 12), mask)


@probe(en="Tiny inputs, where eps of LayerNorm counts", zh="输入极小：LayerNorm 的 eps 起作用")
def tiny_inputs(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 3, 20)
    return layer(t.randn(2, 5, 12, scale=1e-3))


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    layer = t.module(impl.EncoderLayer, 12, 2, 20)
    return layer(t.randn(2, 3, 12, scale=12.0))
