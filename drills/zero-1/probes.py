"""Hidden tests of ZeRO-1: parameters, moments and communication of every rank over several steps.

Gradients differ between ranks and between steps; parameters straddle the borders of parts.
"""

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """How often each kind of communication ran, and with how many elements given."""

    def __init__(self):
        super().__init__()
        self.seen = {"gathers": 0, "gathered": 0, "reduce-scatters": 0, "scattered": 0, "others": 0}

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.namespace == "c10d":
            name = func.name()
            if "gather" in name:
                self.seen["gathers"] += 1
                self.seen["gathered"] += _numel(args[0])
            elif "reduce_scatter" in name:
                self.seen["reduce-scatters"] += 1
                self.seen["scattered"] += _numel(args[1])
            else:
                self.seen["others"] += 1
        return func(*args, **(kwargs or {}))


def _numel(tree):
    return sum(map(_numel, tree)) if isinstance(tree, list | tuple) else tree.numel()


def training(impl, t: Tools, world, shapes, steps, **options):
    """Parameters after each step, and the moments, of each rank."""
    values = [t.randn(*shape) for shape in shapes]
    gradients = [[t.randn(world, *shape) for shape in shapes] for _ in range(steps)]

    def run(rank, world):
        parameters = [nn.Parameter(value.clone()) for value in values]
        optimizer = impl.ZeroOneAdam(parameters, **options)
        history = [optimizer.m.clone(), optimizer.v.clone()]
        for step in gradients:
            for parameter, gradient in zip(parameters, step, strict=True):
                parameter.grad = gradient[rank].clone()
            optimizer.step()
            history.append([parameter.detach().clone() for parameter in parameters])
        unchanged = [parameter.grad for parameter in parameters]
        return [history, optimizer.m, optimizer.v, unchanged]

    return t.ranks(world, run)


@probe(en="Two ranks, defaults", zh="两个 rank，默认值", dtypes=False, no_grad=True)
def two(impl, t: Tools):
    return training(impl, t, 2, [(3, 4), (5,), (2, 3)], 3)


@probe(
    en="Three ranks, a size that three does not divide",
    zh="三个 rank，总数不能被三整除",
    dtypes=False,
    no_grad=True,
)
def three(impl, t: Tools):
    return training(impl, t, 3, [(2, 3), (4,), ()], 3, lr=0.1, betas=(0.6, 0.9), eps=0.3)


@probe(en="Gradients of very different sizes", zh="大小悬殊的梯度", dtypes=False, no_grad=True)
def scales(impl, t: Tools):
    values, gradient = t.randn(7), t.randn(2, 7) * torch.logspace(-6, 3, 7)

    def run(rank, world):
        parameter = nn.Parameter(values.clone())
        optimizer = impl.ZeroOneAdam([parameter], lr=0.5)
        parameter.grad = gradient[rank].clone()
        optimizer.step()
        return [parameter, parameter.grad]

    return t.ranks(2, run)


@probe(en="Communication of a step", zh="一步的通信", dtypes=False, no_grad=True)
def communication(impl, t: Tools):
    values, gradients = [t.randn(4, 2), t.randn(3)], [t.randn(3, 4, 2), t.randn(3, 3)]

    def run(rank, world):
        parameters = [nn.Parameter(value.clone()) for value in values]
        optimizer = impl.ZeroOneAdam(parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = gradient[rank].clone()
        with Collectives() as collectives:
            optimizer.step()
        return collectives.seen

    return t.ranks(3, run)
