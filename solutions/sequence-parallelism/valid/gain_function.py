"""Autograd functions whose halves are lambdas; the gain and its summed gradient in one function."""

import torch
import torch.distributed as dist
from torch.autograd import Function
from torch.nn import functional


def gather(x):
    parts = [torch.empty(x.shape) for _ in range(dist.get_world_size())]
    dist.all_gather(parts, x.contiguous())
    return torch.cat(parts, 0)


def scatter(x):
    parts = [p.clone() for p in x.contiguous().chunk(dist.get_world_size())]
    out = torch.zeros_like(parts[0])
    dist.reduce_scatter(out, parts, op=dist.ReduceOp.SUM)
    return out


class Gather(Function):
    forward = staticmethod(lambda ctx, x: gather(x))
    backward = staticmethod(lambda ctx, g: scatter(g))


class Scatter(Function):
    forward = staticmethod(lambda ctx, x: scatter(x))
    backward = staticmethod(lambda ctx, g: gather(g))


class Shared(Function):
    """x·gain with the gain's gradient summed."""

    @staticmethod
    def forward(ctx, x, gain):
        ctx.save_for_backward(x, gain)
        return x * gain

    @staticmethod
    def backward(ctx, g):
        x, gain = ctx.saved_tensors
        to_gain = (g * x).sum((0, 1))
        dist.all_reduce(to_gain)
        return g * gain, to_gain


def all_gather_sequence(x):
    return Gather.apply(x)


def reduce_scatter_sequence(x):
    return Scatter.apply(x)


def sequence_parallel_mlp(x, gain, weight_in, weight_out):
    normed = Shared.apply(functional.layer_norm(x, x.shape[-1:]), gain)
    hidden = functional.gelu(functional.linear(Gather.apply(normed), weight_in))
    return x + Scatter.apply(functional.linear(hidden, weight_out))
