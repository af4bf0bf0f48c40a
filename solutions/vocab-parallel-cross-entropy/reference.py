"""Cross-entropy of logits split by vocabulary (Shoeybi et al. 2019, §3)."""

import torch
import torch.distributed as dist
from torch import Tensor


def vocab_parallel_cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Own logits (..., V/n), ids of all V (...) -> loss (...)."""
    return VocabParallelCrossEntropy.apply(logits, targets)


class VocabParallelCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, logits, targets):
        largest = logits.amax(dim=-1)
        dist.all_reduce(largest, op=dist.ReduceOp.MAX)
        shifted = logits - largest.unsqueeze(-1)
        exponentials = shifted.exp()

        width = logits.size(-1)
        local = targets - dist.get_rank() * width
        own = (local >= 0) & (local < width)  # whose target lies here
        index = local.clamp(0, width - 1).unsqueeze(-1)
        picked = shifted.gather(-1, index).squeeze(-1)

        sums = torch.stack([exponentials.sum(dim=-1), picked * own])
        dist.all_reduce(sums)
        total, target = sums
        ctx.save_for_backward(exponentials / total.unsqueeze(-1), index, own)
        return total.log() - target

    @staticmethod
    def backward(ctx, gradient):
        softmax, index, own = ctx.saved_tensors
        minus_one = -own.unsqueeze(-1).to(softmax.dtype)
        to_logits = softmax.scatter_add(-1, index, minus_one)
        return to_logits * gradient.unsqueeze(-1), None
