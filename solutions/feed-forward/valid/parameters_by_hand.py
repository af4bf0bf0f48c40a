import math

import torch
from torch import nn


class Matrix(nn.Module):
    def __init__(self, rows, columns, bias):
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(rows, columns) / math.sqrt(columns)
        )
        if bias:
            self.bias = nn.Parameter(torch.zeros(rows))


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.W_1 = Matrix(d_ff, d_model, True)
        self.W_2 = Matrix(d_model, d_ff, True)

    def forward(self, x):
        hidden = (
            torch.einsum("...i,oi->...o", x, self.W_1.weight) + self.W_1.bias
        ).clamp(min=0)
        return (
            torch.einsum("...i,oi->...o", hidden, self.W_2.weight)
            + self.W_2.bias
        )


class SwiGLU(nn.Module):
    def __init__(self, d_model, multiple_of=256):
        super().__init__()
        d_ff = multiple_of * math.ceil(int(2 * (4 * d_model) / 3) / multiple_of)
        self.W_gate = Matrix(d_ff, d_model, False)
        self.W_up = Matrix(d_ff, d_model, False)
        self.W_down = Matrix(d_model, d_ff, False)

    def forward(self, x):
        gate = x @ self.W_gate.weight.T
        return (
            gate * torch.sigmoid(gate) * (x @ self.W_up.weight.T)
        ) @ self.W_down.weight.T
