"""Hidden tests of `BatchNorm`: channels of different mean and size; few values, so n and n − 1 differ."""

import torch

from llmprep.judge.probes import Tools, probe


def batch(t: Tools, *shape: int):
    """Channels of different mean and size."""
    wide = (1, shape[1], *(1 for _ in shape[2:]))
    return t.randn(*shape) * t.rand(*wide, low=0.5, high=3.0) + t.randn(*wide)


def running(norm):
    """Copies of the buffers, as float64: whoever computes in float32 may keep them so."""
    state = norm.state_dict()
    found = [state.get(name) for name in ("running_mean", "running_var")]
    return [None if kept is None else kept.detach().clone().double() for kept in found]


@probe(en="Training, a batch of vectors", zh="训练，一批向量")
def vectors(impl, t: Tools):
    return t.module(impl.BatchNorm, 5)(batch(t, 4, 5))


@probe(en="Training, a batch of sequences", zh="训练，一批序列")
def sequences(impl, t: Tools):
    return [t.module(impl.BatchNorm, 5)(batch(t, 3, 5, 4)), t.module(impl.BatchNorm, 4)(batch(t, 4, 4, 4))]


@probe(
    en="The buffers after one call and after three",
    zh="一次和三次调用之后的 buffer",
    dtypes=False,
    no_grad=True,
)
def buffers(impl, t: Tools):
    norm, other, seen = t.module(impl.BatchNorm, 5), t.module(impl.BatchNorm, 5, momentum=0.7), []
    for length in (2, 3, 1):
        norm(batch(t, 3, 5, length))
        other(batch(t, 3, 5))
        seen.append([running(norm), running(other)])
    return seen


@probe(en="Evaluation, fresh and after training", zh="推理，刚建好时与训练之后")
def evaluation(impl, t: Tools):
    norm, x = t.module(impl.BatchNorm, 5, momentum=0.4), batch(t, 3, 5)
    fresh = norm.eval()(x)
    norm.train()
    for _ in range(2):
        norm(batch(t, 3, 5, 4))
    norm.eval()
    return [fresh, norm(x), norm(batch(t, 2, 5, 3))]


@probe(en="Training again after evaluation", zh="推理之后再训练", dtypes=False, no_grad=True)
def training_again(impl, t: Tools):
    norm = t.module(impl.BatchNorm, 4)
    norm.eval()(batch(t, 3, 4))
    untouched = running(norm)
    return [untouched, norm.train()(batch(t, 3, 4)), running(norm)]


@probe(en="Tiny variance and constant channels: eps inside the root", zh="极小的方差和常数通道：eps 在根号内")
def small_variance(impl, t: Tools):
    x = t.randn(4, 5, scale=3e-3)
    x[:, 2] = 0.5
    return [t.module(impl.BatchNorm, 5)(x), t.module(impl.BatchNorm, 5, eps=0.3)(t.randn(4, 5))]


@probe(en="A mean a thousand times the spread", zh="均值是标准差的一千倍", dtypes=False)
def large_mean(impl, t: Tools):
    norm = t.module(impl.BatchNorm, 3)
    return [norm(t.randn(6, 3, 4, shift=1000.0)), running(norm)]


@probe(
    en="One value per channel raises ValueError, in training only",
    zh="每个通道只有一个值：仅训练时抛出 ValueError",
)
def single_values(impl, t: Tools):
    norm = t.module(impl.BatchNorm, 4)
    refused = [t.raises(lambda: norm(torch.ones(1, 4))), t.raises(lambda: norm(torch.ones(1, 4, 1)))]
    return [refused, norm(t.randn(1, 4, 3)), norm(t.randn(2, 4)), norm.eval()(t.randn(1, 4))]


@probe(
    en="A fresh module, and buffers without a graph",
    zh="刚建好的模块，以及不带计算图的 buffer",
    dtypes=False,
    no_grad=True,
)
def fresh(impl, t: Tools):
    norm = impl.BatchNorm(6)
    start = [norm.weight.detach().clone(), norm.bias.detach().clone(), *running(norm)]
    y = norm(t.randn(4, 6).requires_grad_(True))
    return [start, y, norm.running_mean.requires_grad, norm.running_var.requires_grad]
