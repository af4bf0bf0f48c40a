import math
from fractions import Fraction

import torch
from torch import nn


def hidden_width(d_model, multiple_of=256, multiplier=1.0):
    width = math.trunc(math.trunc(Fraction(8 * d_model, 3)) * multiplier)
    return math.ceil(width / multiple_of) * multiple_of


class Matrix(nn.Module):
    def __init__(self, rows, columns):
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(rows, columns) / math.sqrt(columns)
        )

    def forward(self, x):
        return torch.einsum("...i,oi->...o", x, self.weight)


class SwiGLU(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.gate_proj = Matrix(d_ff, d_model)
        self.up_proj = Matrix(d_ff, d_model)
        self.down_proj = Matrix(d_model, d_ff)

    def forward(self, x):
        z = self.gate_proj(x)
        return self.down_proj(z * torch.sigmoid(z) * self.up_proj(x))
