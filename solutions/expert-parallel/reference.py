"""Expert parallelism: tokens travel to their experts and back.

Lepikhin et al. 2020 (GShard); uneven counts instead of a capacity.
"""

import torch
import torch.distributed as dist
from torch import Tensor


def expert_parallel(
    x: Tensor,
    experts: Tensor,
    gates: Tensor,
    weight_in: Tensor,
    weight_out: Tensor,
) -> Tensor:
    """x (T, d), experts and gates (T, k), weights (e, f, d), (e, d, f)."""
    world, own = dist.get_world_size(), weight_in.size(0)
    chosen = experts.flatten()  # (T k,)
    order = chosen.argsort()  # by expert, and so by rank
    counts = chosen.bincount(minlength=world * own).view(world, own)
    arriving = torch.empty_like(counts)  # from each rank, for own experts
    dist.all_to_all_single(arriving, counts)
    sent, received = counts.sum(1).tolist(), arriving.sum(1).tolist()

    rows = AllToAll.apply(x[order // experts.size(1)], sent, received)
    results = apply_experts(rows, arriving, weight_in, weight_out)
    returned = AllToAll.apply(results, received, sent)  # in `order` again

    slots = returned[order.argsort()].view(*experts.shape, x.size(1))
    return (gates.unsqueeze(-1) * slots).sum(dim=1)


def apply_experts(
    rows: Tensor, arriving: Tensor, weight_in: Tensor, weight_out: Tensor
) -> Tensor:
    """Rows (R, d) come by rank, those of each rank by expert."""
    world, own = arriving.shape
    owner = torch.arange(own).repeat(world)
    owner = owner.repeat_interleave(arriving.flatten())  # (R,)
    by_expert = owner.argsort()
    groups = rows[by_expert].split(arriving.sum(0).tolist())
    results = [
        (group @ w_in.mT).relu() @ w_out.mT
        for group, w_in, w_out in zip(
            groups, weight_in, weight_out, strict=True
        )
    ]
    return torch.cat(results)[by_expert.argsort()]


class AllToAll(torch.autograd.Function):
    """Rows to other ranks; backward brings their gradients back."""

    @staticmethod
    def forward(ctx, rows, sent, received):
        ctx.splits = sent, received
        return exchanged(rows, sent, received)

    @staticmethod
    def backward(ctx, gradient):
        sent, received = ctx.splits
        return exchanged(gradient, received, sent), None, None


def exchanged(rows: Tensor, sent: list[int], received: list[int]) -> Tensor:
    arrived = rows.new_empty(sum(received), rows.size(1))
    dist.all_to_all_single(arrived, rows.contiguous(), received, sent)
    return arrived
