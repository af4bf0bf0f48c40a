"""Hidden tests of `LayerNorm`: rows of different mean and size, tiny inputs where eps shows, and large means.

The whole numbers of `coarse_input` are exact in bfloat16, so that only the computation is rounded there.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="Rows of different mean and size", zh="各行均值、大小不同的输入")
def values(impl, t: Tools):
    x = t.randn(2, 5, 6) * t.rand(2, 5, 1, low=0.5, high=4.0) + t.randn(2, 5, 1)
    return t.module(impl.LayerNorm, 6)(x)


@probe(en="One vector, another, and several leading dimensions", zh="一个向量，另一个向量，多个前置维度")
def leading_dimensions(impl, t: Tools):
    norm = t.module(impl.LayerNorm, 7)
    return [norm(t.randn(7)), norm(t.randn(7)), norm(t.randn(*t.lead, 4, 7, scale=3.0, shift=1.0))]


@probe(en="Tiny input: the default eps, inside the root", zh="极小的输入：默认 eps，且在根号内")
def default_eps(impl, t: Tools):
    return t.module(impl.LayerNorm, 6)(t.randn(3, 6, scale=3e-3))


@probe(en="Another eps", zh="换一个 eps")
def other_eps(impl, t: Tools):
    return t.module(impl.LayerNorm, 6, eps=0.3)(t.randn(3, 6))


@probe(en="A constant row", zh="所有分量都相等的一行")
def constant_row(impl, t: Tools):
    x = t.randn(3, 6)
    x[1] = 2.0
    return t.module(impl.LayerNorm, 6)(x)


@probe(en="A mean a thousand times the spread", zh="均值是标准差的一千倍", dtypes=False)
def large_mean(impl, t: Tools):
    return t.module(impl.LayerNorm, 8)(t.randn(3, 4, 8, shift=1000.0))


@probe(en="Whole numbers just above 300, also in bfloat16", zh="300 出头的整数，也用 bfloat16 计算")
def coarse_input(impl, t: Tools):
    return t.module(impl.LayerNorm, 6)(2.0 * t.randint(150, 156, 8, 6))


@probe(en="bfloat16 input, float32 parameters", zh="bfloat16 输入、float32 参数")
def result_dtype(impl, t: Tools):
    return t.module(impl.LayerNorm, 6)(t.randn(3, 6).bfloat16())


@probe(en="A fresh layer has weight 1 and bias 0", zh="刚建好时 weight 为 1、bias 为 0")
def fresh_layer(impl, t: Tools):
    norm = impl.LayerNorm(6)
    return [norm.weight.detach().clone(), norm.bias.detach().clone(), norm(t.randn(3, 6, scale=2.0))]
