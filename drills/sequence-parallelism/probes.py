"""Hidden tests of sequence parallelism: every rank's part, gradients of parts and parameters, collectives.

T/n, B, d and f all differ. The loss weighs positions differently, so that ranks have different gradients.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """How often each kind of communication ran, and how many numbers were all-reduced."""

    def __init__(self):
        super().__init__()
        self.seen = {"gathers": 0, "reduce-scatters": 0, "all-reduced": 0, "others": 0}

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        name = func.name()
        if "gather" in name and func.namespace == "c10d":
            self.seen["gathers"] += 1
        elif "reduce_scatter" in name:
            self.seen["reduce-scatters"] += 1
        elif "allreduce" in name:
            self.seen["all-reduced"] += sum(tensor.numel() for tensor in args[0])
        elif func.namespace == "c10d":
            self.seen["others"] += 1
        return func(*args, **(kwargs or {}))


def leaf(tensor):
    return tensor.clone().requires_grad_()


@probe(en="All-gather and its gradient", zh="all-gather 及其梯度", dtypes=False, no_grad=True)
def gather(impl, t: Tools):
    parts, weighting = t.randn(3, 2, 4, 5), t.randn(3, 6, 4, 5)

    def step(rank, world):
        x = leaf(parts[rank])
        whole = impl.all_gather_sequence(x)
        return [whole, torch.autograd.grad((whole * weighting[rank]).sum(), x)[0]]

    return t.ranks(3, step)


@probe(en="Reduce-scatter and its gradient", zh="reduce-scatter 及其梯度", dtypes=False, no_grad=True)
def scatter(impl, t: Tools):
    partial, weighting = t.randn(3, 6, 2, 5), t.randn(3, 2, 2, 5)

    def step(rank, world):
        x = leaf(partial[rank])
        part = impl.reduce_scatter_sequence(x)
        return [part, torch.autograd.grad((part * weighting[rank]).sum(), x)[0]]

    return t.ranks(3, step)


def mlp_inputs(t: Tools, world, length, batch, d, f):
    x, gain = t.randn(world, length, batch, d, scale=2.0, shift=0.5), t.rand(d, low=0.5, high=2.0)
    weights = t.randn(world, f, d), t.randn(world, d, f)
    return x, gain, *weights, t.randn(world, length, batch, d)


def mlp_step(impl, x, gain, weight_in, weight_out, weighting):
    def step(rank, world):
        leaves = leaf(x[rank]), leaf(gain), leaf(weight_in[rank]), leaf(weight_out[rank])
        y = impl.sequence_parallel_mlp(*leaves)
        return [y, list(torch.autograd.grad((y * weighting[rank]).sum(), leaves))]

    return step


@probe(en="The MLP, two ranks", zh="MLP，两个 rank", dtypes=False, no_grad=True)
def mlp_two(impl, t: Tools):
    x, *others = mlp_inputs(t, 2, 3, 2, 4, 5)
    return t.ranks(2, mlp_step(impl, x * 0.01, *others))  # a variance beside which eps counts


@probe(en="The MLP, three ranks", zh="MLP，三个 rank", dtypes=False, no_grad=True)
def mlp_three(impl, t: Tools):
    return t.ranks(3, mlp_step(impl, *mlp_inputs(t, 3, 2, 1, 6, 4)))


@probe(en="Communication of the MLP", zh="MLP 的通信", dtypes=False, no_grad=True)
def communication(impl, t: Tools):
    step = mlp_step(impl, *mlp_inputs(t, 3, 2, 2, 4, 3))

    def counted(rank, world):
        with Collectives() as collectives:
            step(rank, world)
        return collectives.seen

    return t.ranks(3, counted)
