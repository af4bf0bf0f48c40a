"""Hidden tests of `SGD`: no factor is near one, so that every place of lr, momentum and decay shows.

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


def random_rows(t: Tools, n: int, *shapes: tuple[int, ...]):
    return [[t.randn(*shape) for shape in shapes] for _ in range(n)]


@probe(en="Plain steps, and the defaults", zh="普通的步子，以及默认参数", dtypes=False, no_grad=True)
def plain(impl, t: Tools):
    params = parameters(t, (2, 3), (4,))
    first = steps(impl.SGD(params, lr=0.3), params, random_rows(t, 2, (2, 3), (4,)))
    at_zero = [nn.Parameter(torch.zeros(3))]  # at zero: what is seen is the default rate, not its rounding
    return [first, steps(impl.SGD(at_zero), at_zero, random_rows(t, 2, (3,)))]


@probe(en="Momentum over five steps", zh="动量，连续五步", dtypes=False, no_grad=True)
def momentum(impl, t: Tools):
    params = parameters(t, (3, 2), ())
    optimizer = impl.SGD(params, 0.2, 0.7)
    return steps(optimizer, params, random_rows(t, 5, (3, 2), ()))


@probe(en="Nesterov over four steps", zh="Nesterov，连续四步", dtypes=False, no_grad=True)
def nesterov(impl, t: Tools):
    params = parameters(t, (4,), (2, 2))
    optimizer = impl.SGD(params, lr=0.2, momentum=0.6, nesterov=True)
    return steps(optimizer, params, random_rows(t, 4, (4,), (2, 2)))


@probe(
    en="Weight decay passes through the velocity", zh="weight decay 要经过速度", dtypes=False, no_grad=True
)
def weight_decay(impl, t: Tools):
    seen = []
    for nesterov in (False, True):
        params = parameters(t, (5,))
        optimizer = impl.SGD(params, 0.3, 0.8, 0.5, nesterov)
        seen.append(steps(optimizer, params, random_rows(t, 4, (5,))))
    return seen


@probe(en="A parameter without gradient is skipped", zh="没有梯度的参数跳过", dtypes=False, no_grad=True)
def skipped(impl, t: Tools):
    params = parameters(t, (2,), (3,))
    optimizer = impl.SGD(params, lr=0.2, momentum=0.9, weight_decay=0.4)
    rows = random_rows(t, 5, (2,), (3,))
    rows[0][1] = rows[2][1] = rows[2][0] = rows[3][0] = None
    return steps(optimizer, params, rows)


@probe(en="A gradient of zeros is a gradient", zh="全零的梯度也是梯度", dtypes=False, no_grad=True)
def zero_gradient(impl, t: Tools):
    params = parameters(t, (3,))
    optimizer = impl.SGD(params, lr=0.2, momentum=0.5, weight_decay=0.3)
    return steps(optimizer, params, [[torch.zeros(3)], [t.randn(3)], [torch.zeros(3)], [torch.zeros(3)]])


@probe(en="The learning rate changes between steps", zh="两步之间改变学习率", dtypes=False, no_grad=True)
def schedule(impl, t: Tools):
    params = parameters(t, (4,))
    optimizer, seen = impl.SGD(params, lr=0.1, momentum=0.8, weight_decay=0.2), []
    for lr in (0.1, 0.5, 0.0, 0.05):
        optimizer.lr = lr
        seen += steps(optimizer, params, [[t.randn(4)]])
    return [seen, optimizer.lr]


@probe(
    en="Training a model given as a generator, in float64 too",
    zh="用生成器传入参数训练模型，float64 也一样",
    dtypes=False,
    no_grad=True,
)
def training(impl, t: Tools):
    seen = []
    for dtype in (torch.float32, torch.float64):
        x, y = t.randn(5, 3).to(dtype), t.randn(5, 2).to(dtype)
        model = nn.Linear(3, 2).to(dtype)
        model.weight.data, model.bias.data = t.randn(2, 3).to(dtype), t.randn(2).to(dtype)
        optimizer = impl.SGD(model.parameters(), lr=0.05, momentum=0.9)
        for _ in range(3):
            optimizer.zero_grad()
            (model(x) - y).square().mean().backward()
            optimizer.step()
        seen.append([model.weight.detach(), model.bias.detach(), model.weight.grad])
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
    seen = []
    for decay in (0.0, 0.6):
        params, buffer = parameters(t, (3,)), torch.zeros(3)
        optimizer = impl.SGD(params, lr=0.3, momentum=0.5, weight_decay=decay)
        params[0].grad = buffer
        for _ in range(3):
            buffer.copy_(t.randn(3))  # in place, as accumulation into an existing gradient does
            optimizer.step()
            seen.append([buffer.clone(), params[0].detach().clone()])
    return seen
