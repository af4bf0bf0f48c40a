"""Hidden tests of `AdamW`: no factor is near one, so that every place of lr, eps and decay shows.

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


@probe(en="Five steps without decay", zh="不带衰减的五步", dtypes=False, no_grad=True)
def without_decay(impl, t: Tools):
    params = parameters(t, (2, 3), (4,))
    optimizer = impl.AdamW(params, lr=0.1, betas=(0.8, 0.95), eps=1e-8, weight_decay=0.0)
    return steps(optimizer, params, [[t.randn(2, 3), t.randn(4)] for _ in range(5)])


@probe(
    en="Decay, large enough to see where it enters", zh="衰减足够大，看它加在哪里", dtypes=False, no_grad=True
)
def with_decay(impl, t: Tools):
    params = parameters(t, (3, 2), ())
    params[1].data = params[1].data.abs() + 3  # a single number must not cross zero on its way
    optimizer = impl.AdamW(params, 0.3, (0.7, 0.9), 1e-6, 0.4)
    return steps(optimizer, params, [[t.randn(3, 2), t.randn()] for _ in range(4)])


@probe(en="Gradients as small as eps", zh="梯度与 eps 同量级", dtypes=False, no_grad=True)
def small_gradients(impl, t: Tools):
    params = parameters(t, (5,))
    optimizer = impl.AdamW(params, lr=0.5, betas=(0.6, 0.8), eps=1e-3, weight_decay=0.1)
    return steps(optimizer, params, [[t.randn(5, scale=2e-3)] for _ in range(3)])


@probe(
    en="The defaults, over gradients of very different size",
    zh="默认参数，梯度大小悬殊",
    dtypes=False,
    no_grad=True,
)
def defaults(impl, t: Tools):
    size = torch.tensor([1e-6, 1e-3, 1.0, 1e2, 1e4, 1e-8])
    gradients, moved = [t.randn(6) * size for _ in range(3)], []
    parameter = nn.Parameter(torch.zeros(6))  # at zero: what is seen is the update, not its rounding
    optimizer = impl.AdamW([parameter])
    for gradient in gradients:
        moved += steps(optimizer, [parameter], [[gradient]])[0]
    decaying = nn.Parameter(t.randn(4))  # the default decay, at a rate at which it shows
    optimizer = impl.AdamW([decaying], 0.5)
    return [moved, steps(optimizer, [decaying], [[torch.zeros(4)]])]


@probe(
    en="A parameter without gradient is skipped, and counts its own steps",
    zh="没有梯度的参数跳过，并各自计步",
    dtypes=False,
    no_grad=True,
)
def skipped(impl, t: Tools):
    params = parameters(t, (2,), (3,), (2, 2))
    optimizer = impl.AdamW(params, lr=0.2, betas=(0.8, 0.9), eps=1e-8, weight_decay=0.3)
    has_gradient = [(1, 0, 1), (1, 0, 0), (0, 1, 0), (1, 1, 1)]
    shapes = [(2,), (3,), (2, 2)]
    rows = [
        [t.randn(*shape) if has else None for has, shape in zip(row, shapes, strict=True)]
        for row in has_gradient
    ]
    return steps(optimizer, params, rows)


@probe(en="A gradient of zeros is a gradient", zh="全零的梯度也是梯度", dtypes=False, no_grad=True)
def zero_gradient(impl, t: Tools):
    params = parameters(t, (3,))
    optimizer = impl.AdamW(params, lr=0.2, betas=(0.9, 0.8), eps=1e-8, weight_decay=0.5)
    return steps(optimizer, params, [[torch.zeros(3)], [t.randn(3)], [torch.zeros(3)], [torch.zeros(3)]])


@probe(
    en="The learning rate changes between steps",
    zh="两步之间改变学习率",
    dtypes=False,
    no_grad=True,
)
def schedule(impl, t: Tools):
    params = parameters(t, (4,))
    optimizer = impl.AdamW(params, lr=0.1, betas=(0.8, 0.9), weight_decay=0.2)
    seen = []
    for lr in (0.1, 0.4, 0.0, 0.05):
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
        optimizer = impl.AdamW(model.parameters(), lr=0.05)
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
    params, buffer, seen = parameters(t, (3,)), torch.zeros(3), []
    optimizer = impl.AdamW(params, lr=0.3, betas=(0.5, 0.7), weight_decay=0.6)
    params[0].grad = buffer
    for _ in range(3):
        buffer.copy_(t.randn(3))  # in place, as accumulation into an existing gradient does
        optimizer.step()
        seen.append([buffer.clone(), params[0].detach().clone()])
    return seen
