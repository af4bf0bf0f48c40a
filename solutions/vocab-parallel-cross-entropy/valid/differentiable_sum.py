"""Only the sum over the ranks is a function of autograd's own; the rest is differentiated as it stands."""

import torch
import torch.distributed as dist


class Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        x = x.clone()
        dist.all_reduce(x)
        return x

    @staticmethod
    def backward(ctx, g):
        return g


def vocab_parallel_cross_entropy(logits, targets):
    n = logits.shape[-1]
    top = logits.detach().max(-1, keepdim=True).values
    dist.all_reduce(top, dist.ReduceOp.MAX)
    ids = torch.arange(n) + n * dist.get_rank()
    chosen = torch.where(ids == targets[..., None], logits - top, 0.0).sum(-1)
    return Sum.apply((logits - top).exp().sum(-1)).log() - Sum.apply(chosen)
