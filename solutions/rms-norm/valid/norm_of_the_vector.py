import math

import torch
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.width, self.eps = width, eps
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        # sqrt(sum + n eps) / sqrt(n): eps joins the sum of squares
        length = (
            (wide * wide).sum(-1, keepdim=True) + self.width * self.eps
        ).sqrt()
        unit = wide / length * math.sqrt(self.width)
        return self.weight * unit.to(x.dtype)
