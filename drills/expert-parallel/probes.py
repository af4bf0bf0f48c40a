"""Hidden tests of dispatch and combine: other numbers of tokens on each rank, experts without any.

Experts lie two or three to a rank, so that rank, expert and place in the own weights are different numbers.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Exchanged(TorchDispatchMode):
    """Floating-point numbers given to all-to-all."""

    def __init__(self):
        super().__init__()
        self.numbers = 0

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if "alltoall" in func.name():
            given = args[1] if isinstance(args[1], list) else [args[1]]
            self.numbers += sum(tensor.numel() for tensor in given if tensor.is_floating_point())
        return func(*args, **(kwargs or {}))


def tokens(t: Tools, lengths, d, choices):
    """x, experts and gates of each rank; `choices` draws the experts of a token."""
    x = [t.randn(length, d) for length in lengths]
    experts = [torch.stack([choices() for _ in range(n)]) if n else choices()[None][:0] for n in lengths]
    gates = [t.rand(*chosen.shape, low=-0.5, high=1.5) for chosen in experts]
    return x, experts, gates


def different(t: Tools, experts, k):
    """k of the experts, in random order."""
    return lambda: t.rand(experts).argsort()[:k]


def layer(impl, t: Tools, inputs, own, f):
    """Output and gradients of each rank."""
    x, experts, gates = inputs
    world, d = len(x), x[0].size(1)
    weight_in, weight_out = t.randn(world, own, f, d), t.randn(world, own, d, f)
    weightings = [t.randn(*part.shape) for part in x]

    def step(rank, _):
        leaves = [part[rank].clone().requires_grad_() for part in (x, gates, weight_in, weight_out)]
        with Exchanged() as exchanged:
            y = impl.expert_parallel(leaves[0], experts[rank], *leaves[1:])
        forward = exchanged.numbers
        return [y, list(torch.autograd.grad((y * weightings[rank]).sum(), leaves)), forward]

    return t.ranks(world, step)


def without_numbers(results):
    return [result[:2] for result in results]


@probe(
    en="Two ranks, one expert for each token", zh="两个 rank，每个 token 一个专家", dtypes=False, no_grad=True
)
def one_expert(impl, t: Tools):
    inputs = tokens(t, (5, 7), 3, different(t, 6, 1))
    return without_numbers(layer(impl, t, inputs, 3, 4))


@probe(
    en="Three ranks, two experts for each token",
    zh="三个 rank，每个 token 两个专家",
    dtypes=False,
    no_grad=True,
)
def two_experts(impl, t: Tools):
    inputs = tokens(t, (6, 3, 8), 4, different(t, 6, 2))
    return without_numbers(layer(impl, t, inputs, 2, 5))


@probe(
    en="A rank without tokens, and one whose experts get none",
    zh="一个 rank 没有 token，一个 rank 的专家没分到 token",
    dtypes=False,
    no_grad=True,
)
def empty(impl, t: Tools):
    inputs = tokens(t, (4, 0, 3), 3, lambda: torch.tensor([1, 5, 0])[t.rand(3).argsort()[:2]])
    return without_numbers(layer(impl, t, inputs, 2, 4))


@probe(en="No more is sent than must be", zh="发送的不多于必需的", dtypes=False, no_grad=True)
def traffic(impl, t: Tools):
    k, d, own = 2, 3, 2
    inputs = tokens(t, (5, 2, 4), d, different(t, 6, k))
    results = layer(impl, t, inputs, own, 4)
    arriving = [sum(int((chosen // own == rank).sum()) for chosen in inputs[1]) for rank in range(3)]
    owed = [(len(x) * k + rows) * d for x, rows in zip(inputs[0], arriving, strict=True)]
    return [max(0, numbers - due) for (_, _, numbers), due in zip(results, owed, strict=True)]
