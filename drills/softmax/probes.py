"""Hidden tests of `softmax`: every axis, and every place where exp overflows or underflows."""

import math

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random numbers, last axis", zh="随机数，最后一维")
def values(impl, t: Tools):
    return [impl.softmax(t.randn(3, 5, scale=2.0)), impl.softmax(t.randn(*t.lead, 4, 7))]


@probe(en="Any axis, from the front or the back", zh="任意一维，正数或倒数")
def axes(impl, t: Tools):
    x = t.randn(2, 3, 5)
    return [
        impl.softmax(x, 0),
        impl.softmax(x, 1),
        impl.softmax(x, dim=2),
        impl.softmax(x, dim=-2),
        impl.softmax(x, dim=-3),
    ]


@probe(en="A square matrix, where wrong broadcasting goes unnoticed", zh="方阵：广播错了也不报错")
def square(impl, t: Tools):
    x = t.randn(4, 4)
    return [impl.softmax(x), impl.softmax(x, dim=0)]


@probe(en="One axis, and an axis of one element", zh="一维张量，以及只有一个元素的维度")
def small_shapes(impl, t: Tools):
    return [impl.softmax(t.randn(6)), impl.softmax(t.randn(6), dim=0), impl.softmax(t.randn(3, 1), dim=1)]


# float32 only: a hand-written x - logsumexp(x) is right too, but in bfloat16 it cancels at 500
@probe(en="Slices around +500, 0 and −500", zh="切片分别在 +500、0、−500 附近", dtypes=False)
def far_apart(impl, t: Tools):
    level = torch.tensor([500.0, 0.0, -500.0])
    return [
        impl.softmax(t.randn(3, 5) + level[:, None]),
        impl.softmax(t.randn(2, 3, 4) + level[:, None], dim=2),
    ]


# no gradient: such a row is saturated, it is zero for every implementation
@probe(en="One entry far above the others", zh="一个元素远大于其余元素", dtypes=False, no_grad=True)
def one_far_above(impl, t: Tools):
    x = t.randn(3, 5)
    x[:, 2] += 200.0
    return impl.softmax(x)


@probe(en="One entry far below the others", zh="一个元素远小于其余元素", dtypes=False)
def one_far_below(impl, t: Tools):
    x = t.randn(3, 5)
    x[:, 1] -= 200.0
    return impl.softmax(x)


@probe(en="Some entries are −∞", zh="部分元素是 −∞")
def masked_entries(impl, t: Tools):
    return impl.softmax(t.randn(3, 6).masked_fill(~t.mask(3, 6), -math.inf))


@probe(en="A slice of only −∞", zh="整个切片都是 −∞", no_grad=True)  # the gradient of 0/0 is nobody's task
def nothing_left(impl, t: Tools):
    x = t.randn(3, 4)
    x[1] = -math.inf
    return impl.softmax(x)
