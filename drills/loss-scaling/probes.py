"""Hidden tests of `LossScaler`: gradients are set by hand, or come from a backward pass in float16.

The optimiser is torch's SGD with momentum, so a step that should have been skipped shows for ever.
"""

import torch
from torch import nn

from llmprep.judge.boundary import unwrap
from llmprep.judge.probes import Tools, probe

INF, NAN = float("inf"), float("nan")


def optimiser(t: Tools, *groups: tuple[int, ...]):
    """SGD over groups of vectors of the given lengths."""
    made = [{"params": [nn.Parameter(t.randn(size)) for size in group]} for group in groups]
    return torch.optim.SGD(made, lr=0.5, momentum=0.5)


def parameters(optimizer):
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def set_gradients(t: Tools, optimizer, size: float, bad: dict[int, float] | None = None):
    """New gradients of about `size`; in parameter i, one element is `bad[i]`."""
    for index, parameter in enumerate(parameters(optimizer)):
        parameter.grad = t.randn(*parameter.shape) * size
        if bad and index in bad:
            parameter.grad[t.integer(0, len(parameter))] = bad[index]


def look(optimizer, scaler):
    values = [parameter.detach().clone() for parameter in parameters(optimizer)]
    gradients = [None if p.grad is None else p.grad.clone() for p in parameters(optimizer)]
    return [scaler.loss_scale, values, gradients]


@probe(
    en="Ordinary steps, and growth at the interval", zh="正常更新，到间隔时放大", dtypes=False, no_grad=True
)
def growth(impl, t: Tools):
    optimizer = optimiser(t, (3,), (2, 4))
    scaler, seen = impl.LossScaler(48.0, 3.0, 0.25, 3), []
    for _ in range(8):
        set_gradients(t, optimizer, scaler.loss_scale)
        seen.append([scaler.step(optimizer), look(optimizer, scaler)])
    return seen


@probe(en="Overflow: skipped, and a smaller scale", zh="溢出：跳过并缩小", dtypes=False, no_grad=True)
def overflow(impl, t: Tools):
    optimizer = optimiser(t, (3, 2), (4,))
    scaler, seen = impl.LossScaler(64.0, 3.0, 0.25, 50), []
    for bad in (None, {0: INF}, {2: -INF}, None, {1: NAN}, {0: INF, 2: NAN}, None):
        set_gradients(t, optimizer, scaler.loss_scale, bad)
        stepped = scaler.step(optimizer)
        values = [parameter.detach().clone() for parameter in parameters(optimizer)]
        seen.append([stepped, scaler.loss_scale, values])
    return seen


@probe(en="An overflow interrupts the count", zh="溢出会打断计数", dtypes=False, no_grad=True)
def interrupted(impl, t: Tools):
    optimizer = optimiser(t, (2,))
    scaler, seen = impl.LossScaler(1024.0, 4.0, 0.5, 3), []
    for good in (1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1):
        set_gradients(t, optimizer, scaler.loss_scale, None if good else {0: INF})
        scaler.step(optimizer)
        seen.append(scaler.loss_scale)
    return [seen, look(optimizer, scaler)[1]]


@probe(en="Unscaled first, then clipped", zh="先 unscale 再裁剪", dtypes=False, no_grad=True)
def clipped(impl, t: Tools):
    optimizer = optimiser(t, (3,), (2,))
    scaler, seen = impl.LossScaler(128.0, 2.0, 0.25, 2), []
    for bad in (None, None, {1: INF}, None, {0: NAN}, None):
        set_gradients(t, optimizer, scaler.loss_scale * 3, bad)
        scaler.unscale_(optimizer)
        unscaled = [p.grad.clone() for p in parameters(optimizer)]
        for parameter in parameters(optimizer):
            parameter.grad.nan_to_num_(0.0).clamp_(-1, 1)
        seen.append([unscaled, scaler.step(optimizer), look(optimizer, scaler)])
    return seen


@probe(en="Unscaled twice", zh="重复 unscale", dtypes=False, no_grad=True)
def unscaled_twice(impl, t: Tools):
    optimizer = optimiser(t, (3,))
    scaler, seen = impl.LossScaler(16.0, growth_interval=2), []
    for bad in (None, {0: INF}, None):
        set_gradients(t, optimizer, 16.0, bad)
        scaler.unscale_(optimizer)
        seen.append(t.raises(lambda: scaler.unscale_(optimizer), RuntimeError))
        seen.append([scaler.step(optimizer), scaler.loss_scale, look(optimizer, scaler)[1]])
    return seen


@probe(
    en="Gradients that are None, and gradient memory",
    zh="grad 为 None，以及梯度所在的内存",
    dtypes=False,
    no_grad=True,
)
def some_none(impl, t: Tools):
    optimizer = optimiser(t, (3, 2), (4,))
    scaler, seen = impl.LossScaler(32.0, growth_interval=2), []
    for skipped in (0, 2, 1):
        set_gradients(t, optimizer, 32.0, {1: INF} if skipped == 2 else None)
        parameters(optimizer)[skipped].grad = None
        before = [p.grad for p in parameters(optimizer)]
        stepped = scaler.step(optimizer)
        same = [old is p.grad for old, p in zip(before, parameters(optimizer), strict=True)]
        seen.append([stepped, same, scaler.loss_scale, look(optimizer, scaler)[1]])
    return seen


class Idle:
    """An optimiser that does nothing: two thousand steps of a real one would take a second."""

    def __init__(self):
        self.param_groups = []

    def step(self):
        pass


@probe(en="The defaults", zh="默认参数", dtypes=False, no_grad=True)
def defaults(impl, t: Tools):
    idle, optimizer = Idle(), optimiser(t, (1,))
    scaler = impl.LossScaler()
    seen = [scaler.loss_scale, scaler.scale(t.randn())]
    bare = unwrap(scaler)  # looking at two thousand calls would take longer than all other probes
    for steps in (1999, 1):
        for _ in range(steps):
            bare.step(idle)
        seen.append(scaler.loss_scale)
    set_gradients(t, optimizer, 1.0, {0: NAN})
    scaler.step(optimizer)
    return [seen, scaler.loss_scale]


@probe(
    en="Training in float16: small gradients, and a scale that is too large",
    zh="float16 训练：梯度很小，以及倍数过大",
    dtypes=False,
    no_grad=True,
)
def half_precision(impl, t: Tools):
    seen = []
    for init_scale, size in ((2.0**12, 1e-4), (2.0**24, 1.0)):
        optimizer = optimiser(t, (3,))
        (weight,) = parameters(optimizer)
        scaler, x = impl.LossScaler(init_scale, growth_interval=3), t.randn(8, 3).half() * size
        for _ in range(8):
            with torch.enable_grad():
                optimizer.zero_grad()
                loss = ((x * weight.half()).sum(1) - size).float().square().mean()
                scaler.scale(loss).backward()
            stepped = scaler.step(optimizer)
            seen.append([stepped, scaler.loss_scale, weight.detach().clone()])
    return seen
