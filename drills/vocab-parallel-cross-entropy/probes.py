"""Hidden tests of the split loss: every token's loss and this rank's gradient, on every rank.

Targets lie on the first and the last id of parts; the largest logit lies on one rank, the target on another.
"""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """Calls of communication, and elements."""

    def __init__(self):
        super().__init__()
        self.calls, self.elements = 0, 0

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.namespace == "c10d":
            tensors = args[0] if isinstance(args[0], list) else [args[0]]
            self.calls += 1
            self.elements += sum(tensor.numel() for tensor in tensors)
        return func(*args, **(kwargs or {}))


def loss_and_gradient(impl, t: Tools, parts, targets):
    """Of each rank; `parts` (world, …, V/n)."""
    weighting = t.randn(*targets.shape)

    def step(rank, world):
        logits = parts[rank].clone().requires_grad_()
        loss = impl.vocab_parallel_cross_entropy(logits, targets)
        return [loss, torch.autograd.grad((loss * weighting).sum(), logits)[0]]

    return t.ranks(len(parts), step)


@probe(en="Two ranks", zh="两个 rank", dtypes=False, no_grad=True)
def two(impl, t: Tools):
    targets = torch.tensor([0, 4, 5, 9, t.integer(0, 10), t.integer(0, 10)])
    return loss_and_gradient(impl, t, t.randn(2, 6, 5, scale=2.0), targets)


@probe(en="Three ranks, batch and positions", zh="三个 rank，有 batch 和位置两维", dtypes=False, no_grad=True)
def three(impl, t: Tools):
    return loss_and_gradient(impl, t, t.randn(3, 2, 4, 6), t.randint(0, 18, 2, 4))


@probe(
    en="Logits of several hundred, the parts far apart",
    zh="logits 有几百，各部分相差很大",
    dtypes=False,
    no_grad=True,
)
def large_logits(impl, t: Tools):
    levels = torch.tensor([[300.0, -200.0, -500.0], [0.0, 400.0, 380.0], [250.0, 395.0, -450.0]])
    spread = torch.tensor([[3.0], [150.0], [3.0]])  # within a part, too, for one token
    parts = t.randn(3, 3, 4) * spread + levels.unsqueeze(-1)
    return loss_and_gradient(impl, t, parts, torch.tensor([t.integer(0, 4), t.integer(4, 8), 3]))


@probe(
    en="No more than three numbers per token, and none in backward",
    zh="每个 token 最多三个数，反向不通信",
    dtypes=False,
    no_grad=True,
)
def communication(impl, t: Tools):
    parts, targets = t.randn(3, 7, 5), t.randint(0, 15, 7)

    def step(rank, world):
        logits = parts[rank].clone().requires_grad_()
        with Collectives() as forward:
            loss = impl.vocab_parallel_cross_entropy(logits, targets)
        with Collectives() as backward:
            gradient = torch.autograd.grad(loss.sum(), logits)[0]
        return {
            "loss": loss,
            "gradient": gradient,
            "too many": max(0, forward.elements - 3 * targets.numel()),
            "in backward": backward.calls,
        }

    return t.ranks(3, step)


@probe(
    en="Nothing as large as the whole logits", zh="没有与完整 logits 一样大的张量", dtypes=False, no_grad=True
)
def memory(impl, t: Tools):
    parts, targets = t.randn(3, 4, 20), t.randint(0, 60, 4)
    return t.ranks(
        3,
        lambda rank, world: t.cost(
            lambda: impl.vocab_parallel_cross_entropy(parts[rank], targets), largest=2.2
        ),
    )
