"""Column- and row-parallel linear layers (Shoeybi et al. 2019, §3)."""

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional


def column_parallel_linear(
    x: Tensor, weight: Tensor, bias: Tensor | None = None
) -> Tensor:
    """x (..., d_in), weight (d_out/n, d_in) -> own part (..., d_out/n)."""
    return functional.linear(CopyToRanks.apply(x), weight, bias)


def row_parallel_linear(
    x: Tensor, weight: Tensor, bias: Tensor | None = None
) -> Tensor:
    """Own part of x (..., d_in/n), weight (d_out, d_in/n) -> (..., d_out)."""
    y = SumOverRanks.apply(functional.linear(x, weight))
    return y if bias is None else y + bias  # once, after the sum


class CopyToRanks(torch.autograd.Function):
    """f: every rank uses x, so the gradient of x is the sum of theirs."""

    @staticmethod
    def forward(ctx, x):
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient):
        return all_reduced(gradient)


class SumOverRanks(torch.autograd.Function):
    """g: the sum's gradient is the gradient of each of its terms."""

    @staticmethod
    def forward(ctx, partial):
        return all_reduced(partial)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


def all_reduced(x: Tensor) -> Tensor:
    total = x.clone(memory_format=torch.contiguous_format)
    dist.all_reduce(total)
    return total
