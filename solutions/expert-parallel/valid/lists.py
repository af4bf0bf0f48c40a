"""Lists of one tensor per rank and expert; results gathered slot by slot; weights picked for each row."""

import torch
import torch.distributed as dist
from torch.autograd import Function


class Swap(Function):
    @staticmethod
    def forward(ctx, x, give, take):
        ctx.give, ctx.take = give, take
        got = torch.zeros(sum(take), x.size(1))
        dist.all_to_all_single(
            got, x, output_split_sizes=take, input_split_sizes=give
        )
        return got

    @staticmethod
    def backward(ctx, gradient):
        got = torch.zeros(sum(ctx.give), gradient.size(1))
        dist.all_to_all_single(got, gradient.clone(), ctx.give, ctx.take)
        return got, None, None


def expert_parallel(x, experts, gates, weight_in, weight_out):
    world, local = dist.get_world_size(), weight_in.shape[0]
    T, k = experts.shape
    slots = [
        [
            (t, j)
            for t in range(T)
            for j in range(k)
            if int(experts[t, j]) == r * local + i
        ]
        for r in range(world)
        for i in range(local)
    ]
    flat = [slot for group in slots for slot in group]
    table = torch.tensor([len(group) for group in slots])
    incoming = torch.zeros_like(table)
    dist.all_to_all_single(incoming, table)
    give = table.view(world, local).sum(1).tolist()
    take = incoming.view(world, local).sum(1).tolist()
    tokens = torch.tensor([t for t, _ in flat], dtype=torch.long)
    arrived = Swap.apply(x[tokens], give, take)
    which = torch.arange(local).repeat(world).repeat_interleave(incoming)
    hidden = torch.einsum("rd,rfd->rf", arrived, weight_in[which]).clamp(min=0)
    done = Swap.apply(
        torch.einsum("rf,rdf->rd", hidden, weight_out[which]), take, give
    )
    places = torch.tensor([t * k + j for t, j in flat], dtype=torch.long)
    ordered = torch.zeros(T * k, x.size(1)).index_copy(0, places, done)
    return torch.einsum("tkd,tk->td", ordered.view(T, k, x.size(1)), gates)
