"""Sequence parallelism around tensor-parallel layers.

Korthikanti et al. 2022, §4.2.2.
"""

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional


def sequence_parallel_mlp(
    x: Tensor, gain: Tensor, weight_in: Tensor, weight_out: Tensor
) -> Tensor:
    """x (T/n, B, d), gain (d,), weight_in (f/n, d), weight_out (d, f/n)."""
    gain = CopyToRanks.apply(gain)  # used on other positions by each rank
    normed = functional.layer_norm(x, gain.shape, gain, eps=1e-5)
    whole = all_gather_sequence(normed)  # (T, B, d)
    hidden = functional.gelu(whole @ weight_in.mT)  # (T, B, f/n)
    return x + reduce_scatter_sequence(hidden @ weight_out.mT)


def all_gather_sequence(x: Tensor) -> Tensor:
    """Own part (T/n, B, d) -> the whole (T, B, d)."""
    return AllGather.apply(x)


def reduce_scatter_sequence(x: Tensor) -> Tensor:
    """A partial sum (T, B, d) -> own part of the sum (T/n, B, d)."""
    return ReduceScatter.apply(x)


class AllGather(torch.autograd.Function):
    @staticmethod
    def forward(ctx, part):
        return gathered(part)

    @staticmethod
    def backward(ctx, gradient):
        return reduce_scattered(gradient)


class ReduceScatter(torch.autograd.Function):
    @staticmethod
    def forward(ctx, partial):
        return reduce_scattered(partial)

    @staticmethod
    def backward(ctx, gradient):
        return gathered(gradient)


class CopyToRanks(torch.autograd.Function):
    @staticmethod
    def forward(ctx, parameter):
        return parameter.view_as(parameter)

    @staticmethod
    def backward(ctx, gradient):
        total = gradient.clone()
        dist.all_reduce(total)
        return total


def gathered(part: Tensor) -> Tensor:
    part = part.contiguous()
    parts = [torch.empty_like(part) for _ in range(dist.get_world_size())]
    dist.all_gather(parts, part)
    return torch.cat(parts)


def reduce_scattered(whole: Tensor) -> Tensor:
    parts = [p.contiguous() for p in whole.chunk(dist.get_world_size())]
    own = torch.empty_like(parts[0])
    dist.reduce_scatter(own, parts)
    return own
