"""The inverse of the normal law for the start; parts applied by hand."""

import math

import torch
from torch import nn


class Adapter(nn.Module):
    def __init__(self, d_model, bottleneck):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.act = nn.GELU()
        self.up = nn.Linear(bottleneck, d_model)
        edge = math.erf(2 / math.sqrt(2))
        for part in (self.up, self.down):
            u = torch.empty_like(part.weight).uniform_(-edge, edge)
            part.weight.data = 0.01 * math.sqrt(2) * torch.erfinv(u)
            part.bias.data.zero_()

    def forward(self, h):
        return torch.add(self.up(self.act(self.down(h))), h)


class AdaptedSublayer(nn.Module):
    def __init__(self, sublayer, norm, bottleneck):
        super().__init__()
        self.sublayer, self.norm = sublayer, norm
        self.adapter = Adapter(norm.normalized_shape[-1], bottleneck)
        for p in sublayer.parameters():
            p.requires_grad_(False)
        for p in norm.parameters():
            p.requires_grad_(True)

    def forward(self, x, **arguments):
        residual = x
        x = self.sublayer(x, **arguments)
        x = self.adapter(x)
        x = x + residual
        return nn.functional.layer_norm(
            x,
            self.norm.normalized_shape,
            self.norm.weight,
            self.norm.bias,
            self.norm.eps,
        )
