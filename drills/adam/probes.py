"""Hidden tests of `Adam`: no factor is near one, so that every place of lr, eps and the betas shows.

Gradients are set by hand, or come from a real backward pass; autograd has no part in the update itself.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


def parameters(t: Tools, *shapes: tuple[int, ...]):
    return [nn.Parameter(t.randn(*shape)) for shape in shapes]


def steps(optimizer, params, gradients):
    """The values of all parameters after each step; a gradient may be None."""
    seen = []
    for row in gradients:
        for parameter, gradient in zip(params, row, strict=True):
            parameter.grad = gradient
        optimizer.step()
        seen.append([parameter.detach().clone() for parameter in params])
    return seen


def copies(params):
    """The same values in other parameters, as after a restart."""
    return [nn.Parameter(parameter.detach().clone()) for parameter in params]


@probe(en="Five steps", zh="连续五步", dtypes=False, no_grad=True)
def five_steps(impl, t: Tools):
    params = parameters(t, (2, 3), (4,), ())
    optimizer = impl.Adam(params, lr=0.1, betas=(0.8, 0.95), eps=1e-8)
    return steps(optimizer, params, [[t.randn(2, 3), t.randn(4), t.randn()] for _ in range(5)])


@probe(en="L2 passes through the gradient", zh="L2 项经过梯度", dtypes=False, no_grad=True)
def with_l2(impl, t: Tools):
    params = parameters(t, (3, 2), (5,))
    optimizer = impl.Adam(params, 0.3, (0.7, 0.9), 1e-6, 0.4)
    return steps(optimizer, params, [[t.randn(3, 2), t.randn(5)] for _ in range(4)])


@probe(en="Gradients as small as eps", zh="梯度与 eps 同量级", dtypes=False, no_grad=True)
def small_gradients(impl, t: Tools):
    params = parameters(t, (5,))
    optimizer = impl.Adam(params, lr=0.5, betas=(0.6, 0.8), eps=1e-3)
    return steps(optimizer, params, [[t.randn(5, scale=2e-3)] for _ in range(3)])


@probe(
    en="The defaults, over gradients of very different size",
    zh="默认参数，梯度大小悬殊",
    dtypes=False,
    no_grad=True,
)
def defaults(impl, t: Tools):
    size = torch.tensor([1e-6, 1e-3, 1.0, 1e2, 1e4, 1e-8])
    parameter = nn.Parameter(torch.zeros(6))  # at zero: what is seen is the update, not its rounding
    optimizer = impl.Adam([parameter])
    moved = steps(optimizer, [parameter], [[t.randn(6) * size] for _ in range(3)])
    resting = nn.Parameter(t.randn(4))  # by default there is no decay
    return [moved, steps(impl.Adam([resting], 0.5), [resting], [[torch.zeros(4)]])]


@probe(
    en="A parameter without gradient is skipped, and counts its own steps",
    zh="没有梯度的参数跳过，并各自计步",
    dtypes=False,
    no_grad=True,
)
def skipped(impl, t: Tools):
    shapes = [(2,), (3,), (2, 2)]
    params = parameters(t, *shapes)
    optimizer = impl.Adam(params, lr=0.2, betas=(0.8, 0.9), eps=1e-8, weight_decay=0.3)
    has_gradient = [(1, 0, 1), (1, 0, 0), (0, 1, 0), (1, 1, 1)]
    rows = [
        [t.randn(*shape) if has else None for has, shape in zip(row, shapes, strict=True)]
        for row in has_gradient
    ]
    return steps(optimizer, params, rows)


@probe(
    en="Equal values are not the same parameter", zh="数值相同的不是同一个参数", dtypes=False, no_grad=True
)
def equal_values(impl, t: Tools):
    value = t.randn(3)
    params = [nn.Parameter(value.clone()) for _ in range(3)]
    optimizer = impl.Adam(params, lr=0.1, betas=(0.5, 0.7))
    return steps(optimizer, params, [[t.randn(3) for _ in params] for _ in range(3)])


@probe(
    en="Training a model given as a generator, in float64 too, with a changing rate",
    zh="用生成器传入参数训练模型，float64 也一样，学习率会变",
    dtypes=False,
    no_grad=True,
)
def training(impl, t: Tools):
    seen = []
    for dtype in (torch.float32, torch.float64):
        x, y = t.randn(5, 3).to(dtype), t.randn(5, 2).to(dtype)
        model = nn.Linear(3, 2).to(dtype)
        model.weight.data, model.bias.data = t.randn(2, 3).to(dtype), t.randn(2).to(dtype)
        optimizer = impl.Adam(model.parameters(), lr=0.05, weight_decay=0.1)
        for rate in (0.05, 0.2, 0.1):
            optimizer.lr = rate
            optimizer.zero_grad()
            (model(x) - y).square().mean().backward()
            optimizer.step()
        seen.append([model.weight.detach(), model.bias.detach(), model.weight.grad, optimizer.lr])
        optimizer.zero_grad()
        seen.append([model.weight.grad, model.bias.grad, model.weight.is_leaf, model.weight.requires_grad])
    return seen


@probe(
    en="Gradients stay as they are, and memory that is used again does no harm",
    zh="梯度不被改动，梯度内存被复用也无妨",
    dtypes=False,
    no_grad=True,
)
def gradients_untouched(impl, t: Tools):
    params, buffer, seen = parameters(t, (3,)), torch.zeros(3), []
    optimizer = impl.Adam(params, lr=0.3, betas=(0.5, 0.7), weight_decay=0.6)
    params[0].grad = buffer
    for _ in range(3):
        buffer.copy_(t.randn(3))  # in place, as accumulation into an existing gradient does
        optimizer.step()
        seen.append([buffer.clone(), params[0].detach().clone()])
    return seen


@probe(en="Squares that only float64 holds", zh="只有 float64 才放得下的平方", dtypes=False, no_grad=True)
def double_state(impl, t: Tools):
    params = [nn.Parameter(t.randn(4).double()), nn.Parameter(t.randn(3))]
    optimizer = impl.Adam(params, lr=0.1, betas=(0.6, 0.8))
    return steps(optimizer, params, [[t.randn(4).double() * 1e25, t.randn(3)] for _ in range(3)])


@probe(en="Training is resumed", zh="断点续训", dtypes=False, no_grad=True)
def resumed(impl, t: Tools):
    params = parameters(t, (2, 3), (4,))
    optimizer = impl.Adam(params, lr=0.2, betas=(0.8, 0.9))
    before = steps(optimizer, params, [[t.randn(2, 3), t.randn(4)], [None, t.randn(4)]])
    restarted = copies(params)
    other = impl.Adam(iter(restarted), 0.05, (0.8, 0.9), 1e-3, 0.2)
    other.load_state_dict(optimizer.state_dict())
    rows = [[t.randn(2, 3), t.randn(4)] for _ in range(3)]
    return [before, steps(other, restarted, rows), steps(optimizer, params, rows), other.lr]


@probe(
    en="The snapshot is not changed by later steps, of either optimiser",
    zh="快照不受之后更新的影响，两个优化器都一样",
    dtypes=False,
    no_grad=True,
)
def snapshot(impl, t: Tools):
    params = parameters(t, (3,))
    optimizer = impl.Adam(params, lr=0.2, betas=(0.8, 0.9))
    fresh = optimizer.state_dict()  # before the first step
    steps(optimizer, params, [[t.randn(3)], [t.randn(3)]])
    taken, start = optimizer.state_dict(), copies(params)
    row = [[t.randn(3)], [t.randn(3)]]
    seen = [steps(optimizer, params, row)]
    for state in (taken, taken, fresh):
        again = copies(start)
        other = impl.Adam(again, lr=0.2, betas=(0.8, 0.9))
        other.load_state_dict(state)
        seen.append(steps(other, again, row))
    optimizer.load_state_dict(taken)  # back in time, over state of its own
    return [seen, steps(optimizer, params, row)]
