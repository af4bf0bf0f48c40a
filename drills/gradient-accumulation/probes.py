"""Hidden tests of `accumulate`: micro-batches differ in size, length and the share of counted labels.

The candidate runs the backward pass itself, so the probes return the gradients that it left.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe

IGNORED = -100


def network(t: Tools):
    return t.module(lambda: nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 7)))


def micro_batch(t: Tools, batch: int, longest: int, counted: int):
    """Inputs and labels, of which the first `counted` (row by row) count."""
    labels = t.randint(0, 7, batch * longest)
    labels[counted:] = IGNORED
    return t.randn(batch, longest, 3, scale=2.0), labels.view(batch, longest)


def gradients(model):
    return [
        torch.zeros_like(parameter) if parameter.grad is None else parameter.grad.clone()
        for parameter in model.parameters()
    ]


@probe(en="Micro-batches with different numbers of labels", zh="各 micro-batch 的标签数不同", no_grad=True)
def different_counts(impl, t: Tools):
    model = network(t)
    pieces = [micro_batch(t, 2, 4, 8), micro_batch(t, 1, 3, 1), micro_batch(t, 3, 5, 4)]
    return [impl.accumulate(model, pieces), gradients(model)]


@probe(
    en="One micro-batch, and eight of one sequence each",
    zh="只有一个 micro-batch，以及八个单条序列",
    no_grad=True,
)
def one_or_eight(impl, t: Tools):
    model, seen = network(t), []
    whole = [micro_batch(t, 3, 4, 7)]
    for pieces in (whole, [micro_batch(t, 1, 2 + i % 3, 1 + i % 4) for i in range(8)]):
        seen.append([impl.accumulate(model, pieces), gradients(model)])
    return seen


@probe(en="Gradients of an earlier batch are discarded", zh="丢掉上一批残留的梯度", no_grad=True)
def old_gradients(impl, t: Tools):
    model = network(t)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    first = impl.accumulate(model, [micro_batch(t, 2, 2, 3), micro_batch(t, 1, 2, 2)]), gradients(model)
    second = impl.accumulate(model, [micro_batch(t, 1, 5, 4)]), gradients(model)
    return [first, second]


@probe(
    en="Some micro-batches have no counted label, or none has",
    zh="部分或全部 micro-batch 没有计入的标签",
    no_grad=True,
)
def without_labels(impl, t: Tools):
    model = network(t)
    empty, some = micro_batch(t, 2, 3, 0), micro_batch(t, 2, 2, 3)
    seen = []
    for pieces in ([empty, some], [some, empty, micro_batch(t, 1, 4, 1)], [empty, empty]):
        seen.append([impl.accumulate(model, pieces), gradients(model)])
    return seen


@probe(en="A single counted label in all", zh="总共只有一个标签计入", no_grad=True)
def single_label(impl, t: Tools):
    model = network(t)
    return [impl.accumulate(model, [micro_batch(t, 1, 2, 1), micro_batch(t, 2, 2, 0)]), gradients(model)]


@probe(
    en="Frozen parameters, values untouched, no graph kept",
    zh="冻结的参数、参数值不变、不留计算图",
    no_grad=True,
    dtypes=False,
)
def frozen(impl, t: Tools):
    model = network(t)
    model[0].weight.requires_grad_(False)
    loss = impl.accumulate(model, [micro_batch(t, 2, 3, 4), micro_batch(t, 1, 3, 3)])
    values = [parameter.detach().clone() for parameter in model.parameters()]
    is_tensor = isinstance(loss, torch.Tensor)
    graph = is_tensor and (loss.requires_grad or loss.grad_fn is not None)
    return [loss, is_tensor, graph, model[0].weight.grad is None, gradients(model), values]


@probe(
    en="One graph at a time, one pass per micro-batch",
    zh="同时只有一张计算图，每个 micro-batch 一次前向",
    no_grad=True,
    dtypes=False,
)
def memory(impl, t: Tools):
    model = t.module(lambda: nn.Sequential(nn.Linear(3, 40), nn.Tanh(), nn.Linear(40, 7)))
    pieces = [micro_batch(t, 3, 8, 20) for _ in range(5)]
    return t.cost(lambda: impl.accumulate(model, pieces), peak=1.6, flops=1.2)
