"""Hidden tests of the ring: lengths that three does not divide, and fewer elements than ranks.

With two ranks both neighbours are the same rank, and passing everything on costs no more than chunks:
three tell them apart.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Sends(TorchDispatchMode):
    """Elements sent, and the ranks they were sent to."""

    def __init__(self):
        super().__init__()
        self.elements, self.peers = 0, set()

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.name() == "c10d::send":
            self.elements += sum(tensor.numel() for tensor in args[0])
            self.peers.add(args[2])
        return func(*args, **(kwargs or {}))


@probe(en="Two ranks", zh="两个 rank", dtypes=False, no_grad=True)
def two(impl, t: Tools):
    x = t.randn(2, 4, 6)
    return t.ranks(2, lambda rank, world: impl.ring_all_reduce(x[rank]))


@probe(
    en="Three ranks, a length that three does not divide",
    zh="三个 rank，长度不能被三整除",
    dtypes=False,
    no_grad=True,
)
def not_divisible(impl, t: Tools):
    x = t.randn(3, 2, 5)
    return t.ranks(3, lambda rank, world: impl.ring_all_reduce(x[rank]))


@probe(
    en="Fewer elements than ranks, and no dimension",
    zh="元素比 rank 少，以及 0 维张量",
    dtypes=False,
    no_grad=True,
)
def few_elements(impl, t: Tools):
    pair, single = t.randn(3, 2), t.randn(3)
    return t.ranks(
        3, lambda rank, world: [impl.ring_all_reduce(pair[rank]), impl.ring_all_reduce(single[rank])]
    )


@probe(en="Large integers, exactly", zh="大整数，精确求和", dtypes=False, no_grad=True)
def integers(impl, t: Tools):
    x = t.randint(2**40, 2**50, 3, 7)
    return t.ranks(3, lambda rank, world: impl.ring_all_reduce(x[rank]))


@probe(
    en="A rank sends to one neighbour, and no more than it must",
    zh="只发给一个邻居，且不多发",
    dtypes=False,
    no_grad=True,
)
def traffic(impl, t: Tools):
    x = t.randn(3, 6, 10)

    def beyond(rank, world):
        with Sends() as sends:
            total = impl.ring_all_reduce(x[rank])
        most = 2 * (world - 1) * -(-x[rank].numel() // world)
        return {"sum": total, "receivers": len(sends.peers), "too many": max(0, sends.elements - most)}

    return t.ranks(3, beyond)
