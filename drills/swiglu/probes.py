"""Hidden tests of `hidden_width` and `SwiGLU`: widths at and beside a multiple, and where fractions show."""

from llmprep.judge.probes import Tools, probe


@probe(en="Widths of real models", zh="真实模型的宽度")
def real_widths(impl, t: Tools):
    llama_1 = [impl.hidden_width(d_model) for d_model in (4096, 5120, 6656, 8192)]
    llama_3 = [impl.hidden_width(4096, 1024, 1.3), impl.hidden_width(8192, multiple_of=4096, multiplier=1.3)]
    return [llama_1, llama_3]


@probe(en="Widths at a multiple, just above one and just below", zh="恰为倍数、略大、略小")
def rounding(impl, t: Tools):
    return [
        impl.hidden_width(d_model, k) for d_model, k in ((6, 8), (6, 16), (10, 13), (10, 27), (4, 1), (5, 1))
    ]


@probe(en="Both fractions are dropped, in this order", zh="两次舍去小数的先后")
def fractions(impl, t: Tools):
    factors = (3.0, 0.75, 1.3)
    return [impl.hidden_width(d_model, 1, factor) for d_model in (7, 10, 11, 64) for factor in factors]


@probe(en="A batch of sequences", zh="一批序列")
def values(impl, t: Tools):
    return t.module(impl.SwiGLU, 6, 10)(t.randn(2, 5, 6, scale=2.0))


@probe(
    en="Other shapes, d_ff < d_model, in training and in evaluation",
    zh="其他形状、d_ff < d_model，train 与 eval",
)
def shapes(impl, t: Tools):
    layer = t.module(impl.SwiGLU, d_model=7, d_ff=3)
    return [layer(t.randn(7)), layer.eval()(t.randn(7)), layer(t.randn(*t.lead, 4, 7, scale=3.0))]


@probe(en="Large values through the gate", zh="门控遇到很大的数")
def large_values(impl, t: Tools):
    return t.module(impl.SwiGLU, 6, 10)(t.randn(3, 6, scale=200.0))


# a width that is a float fails here
@probe(en="A layer of the width that hidden_width gives", zh="用 hidden_width 的结果建一层")
def both_together(impl, t: Tools):
    return t.module(impl.SwiGLU, 9, impl.hidden_width(9, 4, 0.6))(t.randn(3, 9))
