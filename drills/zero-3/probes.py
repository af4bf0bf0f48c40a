"""Hidden tests of the gathered layer: outputs, gradients, what is kept for backward, what is sent.

d_out·d_in is not divisible by three; every rank has its own rows, another number on each.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """How often each kind of communication ran."""

    def __init__(self):
        super().__init__()
        self.seen = {"gathers": 0, "reduce-scatters": 0, "others": 0}

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.namespace == "c10d":
            kinds = {"gather": "gathers", "reduce_scatter": "reduce-scatters"}
            kind = next((kinds[part] for part in kinds if part in func.name()), "others")
            self.seen[kind] += 1
        return func(*args, **(kwargs or {}))


def shards(t: Tools, world, shape):
    """(world, ⌈N / n⌉), the last one padded with zeros."""
    count = shape[0] * shape[1]
    flat = torch.zeros(world * -(-count // world))
    flat[:count] = t.randn(count)
    return flat.view(world, -1)


def layer(impl, inputs, parts, shape, weightings):
    def step(rank, world):
        x, shard = inputs[rank].clone().requires_grad_(), parts[rank].clone().requires_grad_()
        y = impl.zero3_linear(x, shard, shape)
        return [y, list(torch.autograd.grad((y * weightings[rank]).sum(), [x, shard]))]

    return step


@probe(en="Two ranks", zh="两个 rank", dtypes=False, no_grad=True)
def two(impl, t: Tools):
    shape = (4, 3)
    return t.ranks(2, layer(impl, t.randn(2, 5, 3), shards(t, 2, shape), shape, t.randn(2, 5, 4)))


@probe(
    en="Three ranks, padding, other numbers of rows",
    zh="三个 rank，有补零，行数各异",
    dtypes=False,
    no_grad=True,
)
def three(impl, t: Tools):
    shape = (5, 4)
    inputs = [t.randn(rows, 3, 4) for rows in (2, 1, 4)]
    weightings = [t.randn(rows, 3, 5) for rows in (2, 1, 4)]
    return t.ranks(3, layer(impl, inputs, shards(t, 3, shape), shape, weightings))


@probe(en="Two layers, one after the other", zh="两层相接", dtypes=False, no_grad=True)
def two_layers(impl, t: Tools):
    inputs, first, second = t.randn(2, 3, 4), shards(t, 2, (5, 4)), shards(t, 2, (3, 5))

    def step(rank, world):
        leaves = [tensor[rank].clone().requires_grad_() for tensor in (inputs, first, second)]
        hidden = impl.zero3_linear(leaves[0], leaves[1], (5, 4)).tanh()
        loss = impl.zero3_linear(hidden, leaves[2], (3, 5)).square().sum()
        return list(torch.autograd.grad(loss, leaves))

    return t.ranks(2, step)


@probe(
    en="The whole weight is not kept, and gathered twice",
    zh="不保存完整的权重，收集两次",
    dtypes=False,
    no_grad=True,
)
def communication(impl, t: Tools):
    inputs, parts = t.randn(3, 2, 4), shards(t, 3, (8, 4))

    def step(rank, world):
        x, shard = inputs[rank].clone().requires_grad_(), parts[rank].clone().requires_grad_()
        kept = [0]

        def keep(tensor):
            kept.append(tensor.untyped_storage().nbytes() // 4)
            return tensor

        with Collectives() as forward, torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
            y = impl.zero3_linear(x, shard, (8, 4))
        with Collectives() as backward:
            torch.autograd.grad(y.sum(), [x, shard])
        return [forward.seen, backward.seen, {"as large as the weight": max(kept) >= 8 * 4}]

    return t.ranks(3, step)
