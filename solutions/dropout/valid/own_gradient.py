import torch
from torch import nn


class Mask(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, kept, factor):
        ctx.save_for_backward(kept)
        ctx.factor = factor
        return torch.where(kept, x * factor, torch.zeros_like(x))

    @staticmethod
    def backward(ctx, gradient):
        (kept,) = ctx.saved_tensors
        return (
            torch.where(
                kept, gradient * ctx.factor, torch.zeros_like(gradient)
            ),
            None,
            None,
        )


class Dropout(nn.Module):
    def __init__(self, p=0.5):
        super().__init__()
        if not (p >= 0 and p <= 1):
            raise ValueError(p)
        self.p = float(p)

    def forward(self, x):
        if self.p == 0 or not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        return Mask.apply(x, torch.rand(x.shape) > self.p, 1 / (1 - self.p))
