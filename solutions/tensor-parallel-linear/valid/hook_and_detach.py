"""No autograd function: f as a hook on the gradient, g as a detached difference."""

import torch
import torch.distributed as dist


def summed(tensor):
    out = tensor.detach().contiguous().clone()
    dist.all_reduce(out)
    return out


def column_parallel_linear(x, weight, bias=None):
    x = x * 1
    if x.requires_grad:
        x.register_hook(summed)
    y = x @ weight.mT
    return y if bias is None else y + bias


def row_parallel_linear(x, weight, bias=None):
    partial = torch.matmul(x, weight.transpose(0, 1))
    y = partial + (summed(partial) - partial).detach()
    if bias is not None:
        y = y + bias
    return y
