"""Products by einsum; the gradient padded in one buffer; asynchronous reduce-scatter."""

import torch
import torch.distributed as dist


def whole_weight(shard, shape):
    buffer = torch.zeros(dist.get_world_size() * shard.numel())
    dist.all_gather(list(buffer.split(shard.numel())), shard.detach().clone())
    return buffer[: shape[0] * shape[1]].reshape(shape)


class Layer(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, shard, shape):
        ctx.x, ctx.shard, ctx.shape = x.detach(), shard.detach(), shape
        return torch.einsum("...i,oi->...o", x, whole_weight(shard, shape))

    @staticmethod
    def backward(ctx, g):
        buffer = torch.zeros(dist.get_world_size(), ctx.shard.numel())
        dw = torch.einsum("...o,...i->oi", g, ctx.x) / len(buffer)
        buffer.view(-1)[: dw.numel()] = dw.reshape(-1)
        mine = torch.zeros_like(ctx.shard)
        work = dist.reduce_scatter(mine, list(buffer), async_op=True)
        work.wait()
        return (
            torch.einsum(
                "...o,oi->...i", g, whole_weight(ctx.shard, ctx.shape)
            ),
            mine,
            None,
        )


def zero3_linear(x, shard, shape):
    return Layer.apply(x, shard, tuple(shape))
