import math

import torch
from torch import nn


def hidden_width(d_model, multiple_of=256, multiplier=1.0):
    wanted = math.floor(math.floor(8 * d_model / 3) * multiplier)
    width = 0
    while width < wanted:
        width += multiple_of
    return width


class SwiGLU(nn.Module):
    """A few hidden units at a time: the output is a sum over them."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        for name, sizes in {
            "gate": (d_model, d_ff),
            "up": (d_model, d_ff),
            "down": (d_ff, d_model),
        }.items():
            self.add_module(f"{name}_proj", nn.Linear(*sizes, bias=False))
        self.swish = nn.SiLU()

    def forward(self, x):
        out = torch.zeros_like(x)
        for units in torch.arange(self.up_proj.out_features).split(4):
            gate = self.swish(x @ self.gate_proj.weight[units].T)
            hidden = gate * (x @ self.up_proj.weight[units].T)
            out = out + hidden @ self.down_proj.weight[:, units].T
        return out
