"""Hidden tests of the Noam schedule; the optimiser inside is torch's SGD, whose steps show the rate."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


def steps(noam, params, n: int):
    """After each step: the rate, the rates of the groups, the values."""
    seen = []
    for _ in range(n):
        noam.step()
        rates = [group["lr"] for group in noam.optimizer_of_probe.param_groups]
        seen.append([noam.lr, rates, [parameter.detach().clone() for parameter in params]])
    return seen


def wrapped(impl, optimizer, *args, **kwargs):
    """The wrapper, and beside it the optimiser that the probe made."""
    return Watched(impl.NoamOptimizer(optimizer, *args, **kwargs), optimizer)


class Watched:
    def __init__(self, noam, optimizer):
        self.noam, self.optimizer_of_probe = noam, optimizer

    def step(self):
        self.noam.step()

    @property
    def lr(self):
        return self.noam.lr


def with_gradients(t: Tools, *sizes: int):
    params = [nn.Parameter(t.randn(size)) for size in sizes]
    for parameter in params:
        parameter.grad = t.randn(*parameter.shape)
    return params


@probe(en="A whole run of rates", zh="完整的一程学习率")
def whole_run(impl, t: Tools):
    width, warmup = t.integer(20, 80), t.integer(4, 9)
    return [impl.noam_lr(step, width, warmup) for step in range(1, 25)]


@probe(en="Around the peak, with a factor", zh="峰值附近，带 factor")
def around_the_peak(impl, t: Tools):
    width, warmup, factor = t.integer(100, 600), t.integer(1000, 5000), t.integer(2, 9) / 4
    return [impl.noam_lr(warmup + offset, width, warmup, factor) for offset in (-500, -1, 0, 1, 500, 90000)]


@probe(en="The numbers of the paper", zh="论文里的设置")
def paper(impl, t: Tools):
    return [
        [impl.noam_lr(step, 512, 4000) for step in (1, 10, 4000, 100_000)],
        [impl.noam_lr(step, 1024, 4000, 2) for step in (1, 3999, 300_000)],
        [impl.noam_lr(step, 64, 1) for step in (1, 2, 3)],
    ]


@probe(en="There is no step 0", zh="没有第 0 步")
def no_step_zero(impl, t: Tools):
    return [t.raises(lambda step=step: impl.noam_lr(step, 8, 4), ValueError) for step in (0, -1)]


@probe(en="Optimiser steps, one group", zh="优化器更新，一个参数组", dtypes=False, no_grad=True)
def one_group(impl, t: Tools):
    params = with_gradients(t, 3)
    noam = wrapped(impl, torch.optim.SGD(params, lr=7.0), t.integer(6, 12), 3, factor=1.5)
    return [noam.lr, noam.optimizer_of_probe.param_groups[0]["lr"], steps(noam, params, 6)]


@probe(en="Groups with a scale of their own", zh="参数组各有 lr_scale", dtypes=False, no_grad=True)
def groups(impl, t: Tools):
    params = with_gradients(t, 2, 3, 4)
    settings = [
        {"params": [params[0]], "lr_scale": 0.25},
        {"params": [params[1]]},
        {"params": [params[2]], "lr_scale": 3.0, "lr": 0.5},
    ]
    noam = wrapped(impl, torch.optim.SGD(settings, lr=0.3), 10, 2)
    return [steps(noam, params, 4), [group.get("lr_scale") for group in settings]]


@probe(en="A resumed run", zh="续训", dtypes=False, no_grad=True)
def resumed(impl, t: Tools):
    seen = []
    for done in (2, 5, 40):
        params = with_gradients(t, 3)
        noam = wrapped(impl, torch.optim.SGD(params, lr=1.0), 9, 5, 0.7, done)
        seen.append([noam.lr, steps(noam, params, 3)])
    return seen


@probe(en="Training, with zero_grad", zh="训练，用到 zero_grad", dtypes=False, no_grad=True)
def training(impl, t: Tools):
    with torch.enable_grad():
        x, y = t.randn(5, 3), t.randn(5, 2)
        weight = nn.Parameter(t.randn(3, 2))
        optimizer = torch.optim.SGD([weight], lr=1.0, momentum=0.5)
        noam, losses = impl.NoamOptimizer(optimizer, 4, 3), []
        for _ in range(5):
            noam.zero_grad()
            cleared = weight.grad is None
            loss = (x @ weight - y).square().mean()
            loss.backward()
            noam.step()
            losses.append([loss.detach(), cleared])
    return [losses, weight.detach()]
