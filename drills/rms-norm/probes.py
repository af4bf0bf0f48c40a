"""Hidden tests of `RMSNorm`: inputs with a mean, tiny inputs where eps shows, and low precision."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random input with a mean", zh="均值不为零的随机输入")
def values(impl, t: Tools):
    return t.module(impl.RMSNorm, 6)(t.randn(2, 5, 6, shift=0.7))


@probe(en="One vector, another, and several leading dimensions", zh="一个向量，另一个向量，多个前置维度")
def leading_dimensions(impl, t: Tools):
    norm = t.module(impl.RMSNorm, 7)
    return [norm(t.randn(7)), norm(t.randn(7)), norm(t.randn(*t.lead, 4, 7, scale=3.0))]


@probe(en="Tiny input: the default eps, inside the root", zh="极小的输入：默认 eps，且在根号内")
def default_eps(impl, t: Tools):
    return t.module(impl.RMSNorm, 6)(t.randn(3, 6, scale=1e-3))


@probe(en="Another eps", zh="换一个 eps")
def other_eps(impl, t: Tools):
    return t.module(impl.RMSNorm, 6, eps=0.3)(t.randn(3, 6))


@probe(en="A row of zeros", zh="全零的一行")
def zero_row(impl, t: Tools):
    x = t.randn(3, 6)
    x[1] = 0.0
    return t.module(impl.RMSNorm, 6)(x)


@probe(en="float16 input whose squares overflow", zh="平方会溢出的 float16 输入", no_grad=True)
def large_half(impl, t: Tools):
    # compared as float16: one rounding of the cast may fall the other way in a right answer
    return t.module(impl.RMSNorm, 6)(t.randn(3, 6, scale=900.0).half()).half()


@probe(en="bfloat16 input, float32 weight", zh="bfloat16 输入、float32 的 weight")
def order_of_casts(impl, t: Tools):
    out = t.module(impl.RMSNorm, 6)(t.randn(3, 6).bfloat16())
    return [out.dtype, out.bfloat16()]


@probe(en="A fresh layer has weight 1", zh="刚建好时 weight 为 1")
def fresh_layer(impl, t: Tools):
    norm = impl.RMSNorm(6)
    return [norm.weight.detach().clone(), norm(t.randn(3, 6, scale=2.0))]
