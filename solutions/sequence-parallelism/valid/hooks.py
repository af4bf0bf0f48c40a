"""One autograd function with a switch; the gain's gradient is summed in a hook; norm written out."""

import torch
import torch.distributed as dist


class Move(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, gather):
        ctx.gather = gather
        return _gather(x) if gather else _scatter(x)

    @staticmethod
    def backward(ctx, g):
        return (_scatter(g) if ctx.gather else _gather(g)), None


def _gather(x):
    n = dist.get_world_size()
    out = torch.empty(n * x.size(0), *x.shape[1:])
    dist.all_gather(list(out.chunk(n)), x.contiguous())
    return out


def _scatter(x):
    n = dist.get_world_size()
    mine = torch.empty(x.size(0) // n, *x.shape[1:])
    dist.reduce_scatter(mine, list(x.contiguous().split(mine.size(0))))
    return mine


def all_gather_sequence(x):
    return Move.apply(x, True)


def reduce_scatter_sequence(x):
    return Move.apply(x, False)


def _summed(g):
    g = g.clone()
    dist.all_reduce(g)
    return g


def sequence_parallel_mlp(x, gain, weight_in, weight_out):
    own_gain = gain * 1
    own_gain.register_hook(_summed)
    centred = x - x.mean(-1, keepdim=True)
    normed = (
        centred
        * torch.rsqrt(centred.square().mean(-1, keepdim=True) + 1e-5)
        * own_gain
    )
    h = torch.nn.functional.gelu(
        torch.einsum("tbd,fd->tbf", all_gather_sequence(normed), weight_in)
    )
    return (
        reduce_scatter_sequence(torch.einsum("tbf,df->tbd", h, weight_out)) + x
    )
