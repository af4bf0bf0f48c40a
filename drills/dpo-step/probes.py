"""Hidden tests of `dpo_step`: a small causal model, pairs of uneven lengths, weights before and after.

What counts happens inside: the probes return the numbers that came back, all weights, and who has a gradient.
"""

import copy

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class ToyModel(nn.Module):
    """Causal: the logits at t come from the mean of the embeddings up to t."""

    def __init__(self, t: Tools, vocabulary: int, width: int, scale: float = 1.0):
        super().__init__()
        self.embedding = nn.Parameter(t.randn(vocabulary, width))
        self.head = nn.Parameter(t.randn(width, vocabulary, scale=scale))

    def forward(self, ids):
        count = torch.arange(1, ids.size(1) + 1).unsqueeze(-1)
        return (self.embedding[ids].cumsum(1) / count) @ self.head


def models(t: Tools, vocabulary: int = 5, width: int = 3, moved: float = 0.3, scale: float = 1.0):
    """A policy and the reference from which it has moved."""
    policy = ToyModel(t, vocabulary, width, scale)
    reference = copy.deepcopy(policy)
    with torch.no_grad():
        for parameter in reference.parameters():
            parameter += t.randn(*parameter.shape, scale=moved)
    return policy, reference


def batch_of(t: Tools, chosen: list[str], rejected: list[str], vocabulary: int = 5):
    """Random ids, and masks from strings in which # is a token of the answer."""
    batch = {}
    for name, rows in (("chosen", chosen), ("rejected", rejected)):
        mask = torch.tensor([[mark == "#" for mark in row] for row in rows])
        batch |= {f"{name}_ids": t.randint(0, vocabulary, *mask.shape), f"{name}_mask": mask}
    return batch


def exchanged(batch):
    """The same pairs with the other answer chosen."""
    other = {"chosen_ids": "rejected_ids", "chosen_mask": "rejected_mask"}
    other |= {value: key for key, value in other.items()}
    return {other[key]: value for key, value in batch.items()}


CHOSEN, REJECTED = ["..###.", ".#....", "...###"], ["..######", ".####...", "...#...."]


def weights(*modules):
    """Copies of all weights."""
    return [[parameter.detach().clone() for parameter in module.parameters()] for module in modules]


def numbers(result):
    """Loss, margin and accuracy on one scale: the margin is a mean that may cancel."""
    return torch.tensor([float(result[key]) for key in ("loss", "margin", "accuracy")])


def step(**options):
    """A probe of a function that changes the policy; only the plain run has something to look at."""
    return probe(mutates=("policy", "optimizer"), dtypes=False, no_grad=True, **options)


@step(en="One step", zh="一步")
def one_step(impl, t: Tools):
    policy, reference = models(t)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.5)
    result = impl.dpo_step(policy, reference, optimizer, batch_of(t, CHOSEN, REJECTED))
    return [numbers(result), weights(policy)]


@step(en="Several steps on changing batches", zh="连续多步，batch 各不相同")
def several_steps(impl, t: Tools):
    policy, reference = models(t)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.3)
    batches = [
        batch_of(t, CHOSEN, REJECTED),
        batch_of(t, REJECTED, CHOSEN),
        batch_of(t, CHOSEN[:2], CHOSEN[1:]),
    ]
    results = [numbers(impl.dpo_step(policy, reference, optimizer, batch, beta=0.7)) for batch in batches]
    return [results, weights(policy, reference)]


@step(en="Gradients left over from earlier", zh="之前遗留的梯度")
def stale_gradients(impl, t: Tools):
    policy, reference = models(t)
    for parameter in policy.parameters():
        parameter.grad = t.randn(*parameter.shape)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.2)
    result = impl.dpo_step(policy, reference, optimizer, batch_of(t, CHOSEN, REJECTED))
    return [numbers(result), weights(policy)]


@step(en="The reference: weights, gradients, mode", zh="reference：权重、梯度、模式")
def frozen_reference(impl, t: Tools):
    policy, reference = models(t)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.4)
    batch, seen = batch_of(t, CHOSEN, REJECTED), []
    for training in (True, False):
        policy.train(training)
        reference.train(not training)
        impl.dpo_step(policy, reference, optimizer, batch)
        seen.append([policy.training, reference.training])
    received = [parameter.grad is None for parameter in reference.parameters()]
    return [weights(reference), received, seen]


@step(en="An optimizer with momentum and decay", zh="带 momentum 和 weight decay 的 optimizer")
def momentum(impl, t: Tools):
    policy, reference = models(t)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.2, momentum=0.8, weight_decay=0.3)
    batch = batch_of(t, REJECTED, CHOSEN)
    for _ in range(3):
        impl.dpo_step(policy, reference, optimizer, batch, 0.5)
    return weights(policy)


@step(en="Only the head is trained", zh="只训练 head")
def head_only(impl, t: Tools):
    policy, reference = models(t)
    policy.embedding.requires_grad_(False)
    optimizer = torch.optim.SGD([policy.head], lr=1.0)
    result = impl.dpo_step(policy, reference, optimizer, batch_of(t, CHOSEN, REJECTED), 0.4)
    return [numbers(result), weights(policy), policy.embedding.grad is None]


@step(en="Policy = reference: the loss is log 2", zh="policy = reference：loss 为 log 2")
def at_the_start(impl, t: Tools):
    policy, _ = models(t)
    reference = copy.deepcopy(policy)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.5)
    batch = batch_of(t, CHOSEN, REJECTED)
    first = impl.dpo_step(policy, reference, optimizer, batch, 2.0)
    second = impl.dpo_step(policy, reference, optimizer, batch, 2.0)
    return [first["loss"], numbers(second), weights(policy)]


@step(en="h in the hundreds", zh="h 达到几百")
def large_margins(impl, t: Tools):
    policy, reference = models(t, moved=2.0, scale=9.0)
    optimizer = torch.optim.SGD(policy.parameters(), lr=1e-3)
    chosen, rejected = [".#######", "..######", "...#####", ".####..."], [".######"] * 4
    batch = batch_of(t, chosen, rejected)
    there = numbers(impl.dpo_step(policy, reference, optimizer, batch, 10.0))
    # the same pairs the other way round, so that h is far below 0 in one of the two
    back = numbers(impl.dpo_step(policy, reference, optimizer, exchanged(batch), 10.0))
    return [there, back, weights(policy)]
