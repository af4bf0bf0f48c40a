"""Hidden tests of `FeedForward` and `SwiGLU`: d_model ≠ d_ff, and widths at and beside a multiple."""

from llmprep.judge.probes import Tools, probe


@probe(en="FeedForward", zh="FeedForward")
def relu_layer(impl, t: Tools):
    return t.module(impl.FeedForward, 6, 10)(t.randn(2, 5, 6))


@probe(
    en="FeedForward on other shapes, in training and in evaluation", zh="FeedForward：其他形状，train 与 eval"
)
def relu_layer_shapes(impl, t: Tools):
    layer = t.module(impl.FeedForward, d_model=7, d_ff=3)
    return [layer(t.randn(7)), layer.eval()(t.randn(7)), layer(t.randn(*t.lead, 4, 7, scale=3.0))]


@probe(en="SwiGLU", zh="SwiGLU")
def gated_layer(impl, t: Tools):
    return t.module(impl.SwiGLU, 6, multiple_of=5)(t.randn(2, 5, 6, scale=2.0))


@probe(en="SwiGLU on other shapes, in training and in evaluation", zh="SwiGLU：其他形状，train 与 eval")
def gated_layer_shapes(impl, t: Tools):
    layer = t.module(impl.SwiGLU, 8, 4)
    return [layer(t.randn(8)), layer.eval()(t.randn(8)), layer(t.randn(*t.lead, 5, 8))]


@probe(
    en="Hidden width of SwiGLU at a multiple, just above one, and by default",
    zh="SwiGLU 隐藏宽度：恰为倍数、略大于倍数、默认",
)
def hidden_width(impl, t: Tools):
    exact, above, default = (t.module(impl.SwiGLU, *args) for args in ((6, 8), (10, 13), (4,)))
    return [exact(t.randn(3, 6)), above(t.randn(3, 10)), default(t.randn(2, 4))]


@probe(en="Large values through the gate", zh="门控遇到很大的数")
def large_values(impl, t: Tools):
    return t.module(impl.SwiGLU, 6, 5)(t.randn(3, 6, scale=200.0))
