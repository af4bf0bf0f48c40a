import torch
from torch import nn


class LayerNorm(nn.Module):
    """One pass with a shift: variances do not change when a constant is subtracted first."""

    def __init__(self, features, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.full((features,), 1.0))
        self.bias = nn.Parameter(torch.full((features,), 0.0))
        self.eps = eps

    def forward(self, x):
        y = x.to(torch.float64)
        y = y - y[..., :1]
        mean = y.mean(-1, keepdim=True)
        variance = (y * y).mean(-1, keepdim=True) - mean**2
        y = (y - mean) * (variance + self.eps) ** -0.5
        return (y * self.weight.double() + self.bias.double()).type_as(x)
