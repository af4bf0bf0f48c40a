"""Hidden tests of `EMA`: the model is made here, changed by hand between updates, and seen with its shadow.

Nothing is differentiated in an average; the model's own dtype is set where it matters.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class Model(nn.Module):
    """A layer, a running mean as a buffer, a counter that is an integer, dropout that has a mode."""

    def __init__(self, t: Tools):
        super().__init__()
        self.layer = nn.Linear(3, 2)
        self.gain = nn.Parameter(t.randn(2))
        self.drop = nn.Dropout(0.5)
        self.register_buffer("mean", t.randn(2))
        self.register_buffer("seen", torch.tensor(0))
        change(t, self)

    def forward(self, x):
        return self.drop((self.layer(x) - self.mean) * self.gain)


class Tied(nn.Module):
    def __init__(self, t: Tools):
        super().__init__()
        self.inner = nn.Linear(2, 4, bias=False)
        self.outer = nn.Linear(2, 4, bias=False)
        self.outer.weight = self.inner.weight
        change(t, self)


def change(t: Tools, model):
    """New values, in place, as an optimiser writes them."""
    with torch.no_grad():
        for tensor in [*model.parameters(), *model.buffers()]:
            if tensor.is_floating_point():
                tensor.copy_(t.randn(*tensor.shape))
            else:
                tensor.add_(3)


def values(model):
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


def followed(t: Tools, ema, model, n: int):
    """The shadow after each of n updates."""
    seen = []
    for _ in range(n):
        change(t, model)
        ema.update()
        seen.append(values(ema.shadow))
    return seen


@probe(en="Updates without warm-up", zh="不带 warmup 的更新", dtypes=False, no_grad=True)
def without_warmup(impl, t: Tools):
    seen = []
    for decay in (0.6, 0.0, 1.0):
        model = Model(t)
        model.gain.requires_grad_(decay > 0.7)  # a frozen one is averaged like any other
        seen.append(followed(t, impl.EMA(model, decay, warmup=False), model, 4))
    return seen


@probe(en="Warm-up of the decay", zh="decay 的 warmup", dtypes=False, no_grad=True)
def with_warmup(impl, t: Tools):
    model = Model(t)
    seen = followed(t, impl.EMA(model, decay=0.55), model, 14)  # it reaches 0.55 at n = 10
    return [seen, followed(t, impl.EMA(model, 0.0), model, 2)]


@probe(en="The defaults, for a while", zh="默认参数，更新若干次", dtypes=False, no_grad=True)
def defaults(impl, t: Tools):
    model = nn.Linear(2, 3)
    change(t, model)
    ema = impl.EMA(model)
    seen = followed(t, ema, model, 30)
    return [seen, long_run(impl)]


def long_run(impl):
    """Where the default decay shows: the warm-up would reach it at n = 8990."""
    model = nn.Linear(1, 1, bias=False)
    model.weight.data.fill_(1.0)
    ema = impl.EMA(model, warmup=False)
    model.weight.data.fill_(0.0)
    for _ in range(50):
        ema.update()
    return ema.shadow.weight.detach()


@probe(
    en="The shadow at the start, and the model beside it",
    zh="开始时的 shadow，以及 model",
    dtypes=False,
    no_grad=True,
)
def at_the_start(impl, t: Tools):
    seen = []
    for training in (True, False):
        model = Model(t).train(training)
        model.gain.requires_grad_(False)
        ema = impl.EMA(model)
        first = values(ema.shadow)
        change(t, model)  # not seen by the shadow before an update
        seen.append([first, values(ema.shadow), modes(model), modes(ema.shadow), type(ema.shadow).__name__])
        ema.update()
        seen.append([modes(model), modes(ema.shadow)])
    return seen


def modes(model):
    """Which parts are in training mode, which parameters want a gradient."""
    return [
        {name: module.training for name, module in model.named_modules()},
        {name: parameter.requires_grad for name, parameter in model.named_parameters()},
    ]


@probe(en="A parameter that two modules share", zh="两个模块共享的参数", dtypes=False, no_grad=True)
def tied(impl, t: Tools):
    model = Tied(t)
    ema = impl.EMA(model, 0.7, False)
    seen = followed(t, ema, model, 3)
    with ema.swap():
        swapped = [values(model), values(ema.shadow)]
    return [seen, swapped, ema.shadow.outer.weight is ema.shadow.inner.weight, values(model)]


@probe(
    en="Averaged weights for an evaluation, then back",
    zh="换上平均权重做评测，再换回来",
    dtypes=False,
    no_grad=True,
)
def swapped(impl, t: Tools):
    model = Model(t)
    ema, x, seen = impl.EMA(model, 0.8, False), t.randn(4, 3), []
    before = [*model.parameters()]
    followed(t, ema, model, 2)
    model.eval()
    for _ in range(2):
        with ema.swap():
            seen.append([values(model), values(ema.shadow), model(x).detach()])
            seen.append([old is new for old, new in zip(before, model.parameters(), strict=True)])
        seen.append([values(model), values(ema.shadow), model(x).detach()])
    same = [old is new for old, new in zip(before, model.parameters(), strict=True)]
    return [seen, same, modes(model), followed(t, ema, model, 2)]


@probe(en="An evaluation that fails", zh="评测中途抛异常", dtypes=False, no_grad=True)
def failing(impl, t: Tools):
    model, seen = Model(t), []
    ema = impl.EMA(model, 0.8, False)
    followed(t, ema, model, 2)

    def evaluate():
        with ema.swap():
            seen.extend([modes(model), modes(ema.shadow)])
            raise KeyError("a sample is missing")

    return [t.raises(evaluate, KeyError), seen, modes(model), values(model), values(ema.shadow)]


@probe(
    en="Training with an optimiser, in float64 too",
    zh="配合优化器训练，float64 也一样",
    dtypes=False,
    no_grad=True,
)
def training(impl, t: Tools):
    seen = []
    for dtype in (torch.float32, torch.float64):
        with torch.enable_grad():
            model = nn.Linear(3, 2)
            change(t, model)
            model.to(dtype)
            x, y = t.randn(5, 3).to(dtype), t.randn(5, 2).to(dtype)
            optimizer, ema = torch.optim.SGD(model.parameters(), lr=0.2), impl.EMA(model, 0.5)
            for step in range(4):
                optimizer.zero_grad()
                (model(x) - y).square().mean().backward()
                optimizer.step()
                ema.update()
                if step == 1:
                    with ema.swap():
                        seen.append((model(x) - y).square().mean().detach())
            shadow = ema.shadow.weight
            seen += [values(model), values(ema.shadow), shadow.requires_grad, shadow.grad, shadow.is_leaf]
    return seen
