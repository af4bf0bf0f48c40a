"""Hidden tests of `logsumexp` and `log_softmax`: every axis, overflow, and probabilities that underflow.

Far from zero only float32 is tried: x − logsumexp(x) is right too, but cancels in bfloat16.
"""

import math

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="logsumexp of random numbers", zh="随机数的 logsumexp")
def sums(impl, t: Tools):
    return [
        impl.logsumexp(t.randn(3, 5, scale=2.0)),
        impl.logsumexp(t.randn(*t.lead, 4, 7)),
        impl.logsumexp(t.randn(6)),
    ]


@probe(en="log_softmax of random numbers", zh="随机数的 log_softmax")
def values(impl, t: Tools):
    return [
        impl.log_softmax(t.randn(3, 5, scale=2.0)),
        impl.log_softmax(t.randn(4, 4)),
        impl.log_softmax(t.randn(6)),
    ]


@probe(en="Any axis, with and without keepdim", zh="任意一维，keepdim 为真或假")
def axes(impl, t: Tools):
    x = t.randn(2, 3, 5, scale=2.0)
    return [
        impl.logsumexp(x, 0),
        impl.logsumexp(x, 1, True),
        impl.logsumexp(x, dim=-2),
        impl.logsumexp(x, dim=-3, keepdim=True),
        impl.log_softmax(x, 0),
        impl.log_softmax(x, dim=1),
        impl.log_softmax(x, dim=-2),
    ]


@probe(en="Axes of size 1: only the one summed over goes", zh="大小为 1 的维度：只去掉求和的那一维")
def single_elements(impl, t: Tools):
    x = t.randn(1, 3, 1)
    return [impl.logsumexp(x), impl.logsumexp(x, dim=1), impl.logsumexp(x, 0, True), impl.log_softmax(x)]


@probe(en="Slices around +500, 0 and −500", zh="切片分别在 +500、0、−500 附近", dtypes=False)
def far_apart(impl, t: Tools):
    level = torch.tensor([500.0, 0.0, -500.0])
    row, column = t.randn(3, 5) + level[:, None], t.randn(2, 3, 4) + level[:, None]
    return [
        impl.logsumexp(row),
        impl.logsumexp(column, dim=2),
        impl.log_softmax(row),
        impl.log_softmax(column, dim=-1),
    ]


@probe(en="One entry far below the others", zh="一个元素远小于其余元素", dtypes=False)
def one_far_below(impl, t: Tools):
    x = t.randn(3, 5)
    x[:, 1] -= 1000.0
    return [impl.logsumexp(x), impl.log_softmax(x)]


# no gradient: such a row is saturated, it is zero for every implementation
@probe(en="One entry far above the others", zh="一个元素远大于其余元素", dtypes=False, no_grad=True)
def one_far_above(impl, t: Tools):
    x = t.randn(3, 5)
    x[:, 2] += 200.0
    return [impl.logsumexp(x), impl.log_softmax(x)]


@probe(en="Some entries are −∞", zh="部分元素是 −∞")
def masked_entries(impl, t: Tools):
    return impl.logsumexp(t.randn(3, 6).masked_fill(~t.mask(3, 6), -math.inf))


@probe(en="log_softmax where some entries are −∞", zh="部分元素是 −∞ 时的 log_softmax", no_grad=True)
def masked_log_softmax(impl, t: Tools):
    return impl.log_softmax(t.randn(3, 6).masked_fill(~t.mask(3, 6), -math.inf))


@probe(en="A slice of only −∞", zh="整个切片都是 −∞", no_grad=True)
def nothing_left(impl, t: Tools):
    x = t.randn(3, 4)
    x[1] = -math.inf
    return [impl.logsumexp(x), impl.logsumexp(x, keepdim=True), impl.log_softmax(x)]
