"""One autograd function for each layer, products written out."""

import torch
import torch.distributed as dist
from torch.autograd import Function


class Column(Function):
    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return torch.einsum("...i,oi->...o", x, weight)

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        to_x = torch.einsum("...o,oi->...i", gradient, weight).contiguous()
        work = dist.all_reduce(to_x, async_op=True)
        to_weight = gradient.reshape(-1, gradient.size(-1)).T @ x.reshape(
            -1, x.size(-1)
        )
        work.wait()
        return to_x, to_weight


class Row(Function):
    @staticmethod
    def forward(ctx, x, weight, bias):
        ctx.save_for_backward(x, weight)
        ctx.has_bias = bias is not None
        y = (x @ weight.T).contiguous()
        dist.all_reduce(y)
        return y if bias is None else y.add_(bias)

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        flat = gradient.reshape(-1, gradient.size(-1))
        to_bias = flat.sum(0) if ctx.has_bias else None
        return gradient @ weight, flat.T @ x.reshape(-1, x.size(-1)), to_bias


def column_parallel_linear(x, weight, bias=None):
    y = Column.apply(x, weight)
    return y if bias is None else y + bias


def row_parallel_linear(x, weight, bias=None):
    return Row.apply(x, weight, bias)
