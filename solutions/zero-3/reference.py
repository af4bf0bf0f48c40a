"""A linear layer under ZeRO stage 3 (Rajbhandari et al. 2019, §5.3)."""

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional


def zero3_linear(x: Tensor, shard: Tensor, shape: tuple[int, int]) -> Tensor:
    """Own x (..., d_in), own part of the flat weight -> (..., d_out)."""
    return ZeroThreeLinear.apply(x, shard, shape)


class ZeroThreeLinear(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, shard, shape):
        ctx.save_for_backward(x, shard)  # and not the whole weight
        ctx.shape = shape
        return x @ gathered(shard, shape).mT

    @staticmethod
    def backward(ctx, gradient):
        x, shard = ctx.saved_tensors
        to_x = gradient @ gathered(shard, ctx.shape)
        rows = gradient.flatten(0, -2)  # (rows, d_out)
        to_weight = rows.mT @ x.flatten(0, -2)  # (d_out, d_in)
        return to_x, mean_part(to_weight, shard), None


def gathered(shard: Tensor, shape: tuple[int, int]) -> Tensor:
    """The whole weight, for as long as it is held."""
    parts = [torch.empty_like(shard) for _ in range(dist.get_world_size())]
    dist.all_gather(parts, shard)
    rows, columns = shape
    return torch.cat(parts)[: rows * columns].view(rows, columns)


def mean_part(to_weight: Tensor, shard: Tensor) -> Tensor:
    """This rank's part of the mean gradient over all ranks."""
    world = dist.get_world_size()
    padding = world * shard.numel() - to_weight.numel()
    flat = functional.pad(to_weight.flatten(), (0, padding))
    own = torch.empty_like(shard)
    dist.reduce_scatter(own, list(flat.chunk(world)))
    return own / world
