"""Hidden tests of `checkpoint`: gradients are taken inside, by `.backward()`, and read from `.grad`."""

import torch
from torch import nn
from torch.nn import functional

from llmprep.judge.probes import Tools, probe


def leaf(t: Tools, *shape: int):
    return t.randn(*shape).requires_grad_()


def layer(t: Tools, inner: int, outer: int):
    made = nn.Linear(inner, outer)
    made.weight.data, made.bias.data = t.randn(outer, inner), t.randn(outer)
    return made


@probe(en="One input", zh="一个输入", dtypes=False, no_grad=True)
def one_input(impl, t: Tools):
    with torch.enable_grad():
        x, weights = leaf(t, 3, 4), t.randn(3, 4)
        y = impl.checkpoint(lambda x: (x * x).tanh() * x, x)
        (y * weights).sum().backward()
    return [y.detach(), y.requires_grad, x.grad]


@probe(
    en="Inputs of every kind, some without gradient",
    zh="各种输入，有的不需要梯度",
    dtypes=False,
    no_grad=True,
)
def mixed_arguments(impl, t: Tools):
    def function(scale, x, places, name, y, mask, settings):
        chosen = (x[places] * y).masked_fill(mask, 0.0)
        return chosen * scale + settings["shift"] * x.sum() if name == "sum" else chosen

    seen = []
    with torch.enable_grad():
        for name in ("sum", None):
            x, y = leaf(t, 5, 2), t.randn(3, 2)
            mask = torch.tensor([[True, False], [False, False], [False, True]])
            places, settings = torch.tensor([0, 4, 0]), {"shift": 0.5}
            out = impl.checkpoint(function, 1.5, x, places, name, y, mask, settings)
            out.square().sum().backward()
            seen.append([out.detach(), x.grad, y.grad])
    return seen


@probe(
    en="Parameters used inside, and what comes before and after",
    zh="内部用到的参数，以及前后还有计算",
    dtypes=False,
    no_grad=True,
)
def parameters_inside(impl, t: Tools):
    with torch.enable_grad():
        first, block, last, x = layer(t, 3, 4), layer(t, 4, 4), layer(t, 4, 2), leaf(t, 5, 3)
        hidden = first(x)
        hidden = impl.checkpoint(lambda h: block(h).tanh() + h, hidden)
        last(hidden).square().mean().backward()
    modules = (first, block, last)
    return [x.grad, [p.grad for module in modules for p in module.parameters()]]


@probe(
    en="Dropout: the same mask twice, the generator undisturbed",
    zh="dropout：两次 mask 相同，不打乱随机数",
    dtypes=False,
    no_grad=True,
)
def randomness(impl, t: Tools):
    torch.manual_seed(t.integer(0, 1000))
    with torch.enable_grad():
        x = leaf(t, 4, 6)
        y = impl.checkpoint(lambda x: functional.dropout(x.sin(), 0.3) * x, x)
        between = torch.rand(3)
        z = impl.checkpoint(lambda y: functional.dropout(y, 0.5) + y, y)
        z.square().sum().backward()
    return [y.detach(), z.detach(), x.grad, between, torch.rand(3)]


@probe(en="Runs: once forward, once backward", zh="运行次数：前向一次，反向一次", dtypes=False, no_grad=True)
def runs(impl, t: Tools):
    calls = []

    def function(x):
        calls.append(list(x.shape))
        return x.exp() * x

    with torch.enable_grad():
        x = leaf(t, 2, 3)
        y = impl.checkpoint(function, x)
        after_forward = list(calls)
        y.sum().backward()
        after_backward = list(calls)
    with torch.no_grad():
        z = impl.checkpoint(function, x)
    return [after_forward, after_backward, calls, z, z.requires_grad, x.grad]


@probe(
    en="Nested, in a row, an input used twice", zh="嵌套、连用、同一输入用两次", dtypes=False, no_grad=True
)
def nested(impl, t: Tools):
    def inner(x, y):
        return (x @ y.T).tanh()

    def outer(x, y):
        return impl.checkpoint(inner, x * 2, y) @ y + x

    with torch.enable_grad():
        x, y = leaf(t, 3, 2), leaf(t, 4, 2)
        z = impl.checkpoint(outer, x, y)
        z = impl.checkpoint(outer, z, y)
        z = impl.checkpoint(lambda a, b: a * b + a, z, z)
        z.square().sum().backward()
    return [z.detach(), x.grad, y.grad]


@probe(en="Backward twice", zh="反向两次", dtypes=False, no_grad=True)
def twice(impl, t: Tools):
    with torch.enable_grad():
        x, block = leaf(t, 2, 3), layer(t, 3, 2)
        y = impl.checkpoint(lambda x: block(x).square(), x).sum()
        y.backward(retain_graph=True)
        once = [x.grad.clone(), block.weight.grad.clone()]
        y.backward()
    return [once, x.grad, block.weight.grad, t.raises(y.backward, RuntimeError)]


@probe(en="An input changed in place", zh="输入被原地修改", dtypes=False, no_grad=True)
def changed_input(impl, t: Tools):
    with torch.enable_grad():
        x, scale = leaf(t, 2, 3), t.randn(3)
        y = impl.checkpoint(lambda x, scale: (x * scale).sin(), x, scale)
        scale.mul_(2)
        return t.raises(lambda: y.sum().backward(), RuntimeError)


@probe(
    en="Memory kept by the forward pass, and at most in both",
    zh="前向保留的内存，以及前后向的峰值",
    dtypes=False,
    no_grad=True,
)
def memory(impl, t: Tools):
    weights = [t.randn(16, 16, scale=0.2) for _ in range(4)]

    def block(x):
        for weight in weights:
            x = (x @ weight).tanh() + x.sin()
        return x

    def forward(x):
        for _ in range(4):
            x = impl.checkpoint(block, x)
        return x

    with torch.enable_grad():
        x = leaf(t, 64, 16)  # above the 5 KB of a random state
        return [
            t.cost(lambda: forward(x), peak=2.5, flops=1.1),
            t.cost(lambda: forward(x).sum().backward(), peak=2.0, flops=1.1),
        ]
