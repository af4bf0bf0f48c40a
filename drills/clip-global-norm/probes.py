"""Hidden tests of `clip_global_norm_`: several gradients of different shapes and sizes.

Gradients are set by hand and looked at afterwards; nothing is differentiated. Parameters come in a deque,
which crosses the boundary as it is: tensors in a list would be exchanged for copies, which have no gradient.
"""

from collections import deque

from torch import nn

from llmprep.judge.probes import Tools, probe


def parameters(t: Tools, *shapes: tuple[int, ...], scale: float = 1.0):
    made = [nn.Parameter(t.randn(*shape)) for shape in shapes]
    for index, parameter in enumerate(made):
        parameter.grad = t.randn(*parameter.shape, scale=scale * (index + 1))
    return made


def gradients(params):
    """Each gradient, and beside it the parameter, which must stay as it was."""
    return [
        [None if parameter.grad is None else parameter.grad.clone(), parameter.detach().clone()]
        for parameter in params
    ]


@probe(
    en="Too long: all gradients shrink alike", zh="超过上限：所有梯度同比例缩小", dtypes=False, no_grad=True
)
def too_long(impl, t: Tools):
    params = parameters(t, (3, 4), (5,), (), scale=3.0)
    return [impl.clip_global_norm_(deque(params), 1.5), gradients(params)]


@probe(en="Within the bound: nothing changes", zh="没有超过上限：什么也不变", dtypes=False, no_grad=True)
def within_the_bound(impl, t: Tools):
    params = parameters(t, (2, 3), (4,), scale=0.1)
    return [impl.clip_global_norm_(deque(params), 50.0), gradients(params)]


@probe(
    en="Each gradient is within the bound, all together are not",
    zh="单个梯度都没超过，合起来超过",
    dtypes=False,
    no_grad=True,
)
def together(impl, t: Tools):
    params = parameters(t, *[(2,)] * 6)
    for parameter in params:
        parameter.grad.mul_(0.9 / parameter.grad.norm())
    return [impl.clip_global_norm_(deque(params), 1.0), gradients(params)]


@probe(
    en="Large numbers that are still within the bound",
    zh="数值很大但总范数没超过上限",
    dtypes=False,
    no_grad=True,
)
def large_elements(impl, t: Tools):
    params = parameters(t, (3,), (2,), scale=20.0)
    return [impl.clip_global_norm_(deque(params), 1000), gradients(params)]


@probe(
    en="Parameters without gradient, and none with one",
    zh="部分或全部参数没有梯度",
    dtypes=False,
    no_grad=True,
)
def without_gradient(impl, t: Tools):
    params = parameters(t, (2, 2), (3,), (4,), scale=4.0)
    params[1].grad = None
    seen = [impl.clip_global_norm_(deque(params), 0.7), gradients(params)]
    return [seen, impl.clip_global_norm_(deque([nn.Parameter(t.randn(3))]), 0.7)]


@probe(
    en="Gradients of zeros, and as small as 1e-6",
    zh="全零的梯度，以及小到 1e-6 的梯度",
    dtypes=False,
    no_grad=True,
)
def tiny(impl, t: Tools):
    zeros = parameters(t, (3,), scale=0.0)
    small = parameters(t, (3,), (2,), scale=2e-6)
    seen = []
    for params in (zeros, small):
        seen.append([impl.clip_global_norm_(deque(params), 3e-6), gradients(params)])
    return seen


@probe(
    en="A generator, in float64, and the same tensors afterwards",
    zh="生成器、float64，以及梯度仍是原来的张量",
    dtypes=False,
    no_grad=True,
)
def generator(impl, t: Tools):
    model = nn.Linear(3, 5).double()
    for parameter in model.parameters():
        parameter.data = t.randn(*parameter.shape).double()
        parameter.grad = t.randn(*parameter.shape, scale=5.0).double()
    before = [parameter.grad for parameter in model.parameters()]
    norm = impl.clip_global_norm_(model.parameters(), 2)
    same = [old is parameter.grad for old, parameter in zip(before, model.parameters(), strict=True)]
    return [norm, before, same, gradients(model.parameters())]


@probe(en="Clipped twice, with another bound", zh="换一个上限再裁剪一次", dtypes=False, no_grad=True)
def twice(impl, t: Tools):
    params = parameters(t, (4, 2), (3,), scale=2.0)
    return [[impl.clip_global_norm_(deque(params), bound), gradients(params)] for bound in (2.0, 5.0, 0.5)]
