"""Hidden tests of the two layers: parts of one whole, outputs and gradients of every rank, collectives.

Gradients are computed inside the ranks: the loss is a fixed weighting of whole outputs.
"""

import torch
from torch.nn import functional
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """Which communication ran."""

    def __init__(self):
        super().__init__()
        self.calls = []

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.namespace == "c10d":
            self.calls.append(func.name())
        return func(*args, **(kwargs or {}))


def leaf(tensor):
    return tensor.clone().requires_grad_()


def gradients(loss, *leaves):
    return list(torch.autograd.grad(loss, leaves))


@probe(en="Column-parallel, two ranks", zh="列并行，两个 rank", dtypes=False, no_grad=True)
def column(impl, t: Tools):
    x, weight, bias = t.randn(3, 5), t.randn(2, 4, 5), t.randn(2, 4)
    weighting = t.randn(2, 3, 4)

    def step(rank, world):
        leaves = leaf(x), leaf(weight[rank]), leaf(bias[rank])
        y = impl.column_parallel_linear(*leaves)
        return [y, gradients((y * weighting[rank]).sum(), *leaves)]

    return t.ranks(2, step)


@probe(en="Row-parallel, three ranks", zh="行并行，三个 rank", dtypes=False, no_grad=True)
def row(impl, t: Tools):
    x, weight, bias = t.randn(3, 2, 4, 6), t.randn(3, 5, 6), t.randn(5)
    weighting = t.randn(2, 4, 5)

    def step(rank, world):
        leaves = leaf(x[rank]), leaf(weight[rank]), leaf(bias)
        y = impl.row_parallel_linear(*leaves)
        return [y, gradients((y * weighting).sum(), *leaves)]

    return t.ranks(3, step)


@probe(
    en="An MLP with a residual, three ranks, no bias",
    zh="带残差的 MLP，三个 rank，没有 bias",
    dtypes=False,
    no_grad=True,
)
def mlp(impl, t: Tools):
    x, first, second = t.randn(2, 3, 4), t.randn(3, 5, 4), t.randn(3, 4, 5)

    def step(rank, world):
        leaves = leaf(x), leaf(first[rank]), leaf(second[rank])
        hidden = functional.gelu(impl.column_parallel_linear(*leaves[:2]))
        y = leaves[0] + impl.row_parallel_linear(hidden, leaves[2])
        return [y, gradients(y.square().sum(), *leaves)]

    return t.ranks(3, step)


@probe(
    en="Queries and keys from one x, summed up",
    zh="同一个 x 得到 query 和 key，直接求和",
    dtypes=False,
    no_grad=True,
)
def shared_input(impl, t: Tools):
    x, queries, keys = t.randn(4, 3), t.randn(2, 5, 3), t.randn(2, 6, 3)

    def step(rank, world):
        leaves = leaf(x.t()), leaf(queries[rank].t()), leaf(keys[rank])
        q = impl.column_parallel_linear(leaves[0].t(), leaves[1].t())
        k = impl.column_parallel_linear(leaves[0].t(), leaves[2])
        return [q, k, gradients(q.sum() + k.exp().sum(), *leaves)]  # the sum's gradient is expanded

    return t.ranks(2, step)


@probe(
    en="Communication: one all-reduce forward, one backward",
    zh="通信：前向一次、反向一次 all-reduce",
    dtypes=False,
    no_grad=True,
)
def communication(impl, t: Tools):
    x, first, second, bias = t.randn(3, 4), t.randn(2, 5, 4), t.randn(2, 6, 5), t.randn(6)

    def step(rank, world):
        with Collectives() as collectives:
            leaves = leaf(x), leaf(first[rank]), leaf(second[rank]), leaf(bias)
            hidden = impl.column_parallel_linear(*leaves[:2])
            calls = [list(collectives.calls)]
            y = impl.row_parallel_linear(hidden, *leaves[2:])
            calls.append(list(collectives.calls))
            gradients(y.square().sum(), *leaves)
        return [*calls, collectives.calls]

    return t.ranks(2, step)
