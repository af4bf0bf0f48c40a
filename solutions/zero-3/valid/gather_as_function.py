"""Gathering is a differentiable step; what autograd would save of the weight is gathered again instead."""

import torch
import torch.distributed as dist
from torch.autograd.graph import saved_tensors_hooks


def _whole(shard, count):
    parts = shard.new_empty(dist.get_world_size(), len(shard))
    dist.all_gather(list(parts), shard.detach().contiguous())
    return parts.view(-1)[:count]


class Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx, shard, count):
        return _whole(shard, count)

    @staticmethod
    def backward(ctx, gradient):
        n = dist.get_world_size()
        length = -(-len(gradient) // n)
        flat = torch.cat(
            [gradient / n, gradient.new_zeros(n * length - len(gradient))]
        )
        own = torch.empty(length)
        dist.reduce_scatter(own, list(flat.split(length)))
        return own, None


def zero3_linear(x, shard, shape):
    count = shape[0] * shape[1]
    weight = Gather.apply(shard, count).view(*shape)
    place = weight.untyped_storage().data_ptr()

    def pack(tensor):
        if tensor.untyped_storage().data_ptr() != place:
            return tensor
        return tensor.shape, tensor.stride()

    def unpack(packed):
        if isinstance(packed, torch.Tensor):
            return packed
        return _whole(shard, count).as_strided(*packed)

    with saved_tensors_hooks(pack, unpack):
        return torch.einsum("...i,oi->...o", x, weight)
