import torch
from torch import nn


def hidden_width(d_model, multiple_of=256, multiplier=1.0):
    width = int(multiplier * int(2 * (4 * d_model) / 3))
    return width + -width % multiple_of


class SwiGLU(nn.Module):
    """One product for gate and up together, as serving code does."""

    def __init__(self, d_model, d_ff):
        super().__init__()
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)

    def forward(self, x):
        both = nn.functional.linear(
            x, torch.cat((self.gate_proj.weight, self.up_proj.weight))
        )
        gate, up = both.chunk(2, dim=-1)
        return self.down_proj(nn.functional.silu(gate).mul_(up))
