import torch
import torch.nn.functional as F
from torch import nn


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.W_2 = nn.Linear(d_ff, d_model)
        self.W_1 = nn.Linear(d_model, d_ff)
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.W_2(self.activation(self.W_1(x)))


class SwiGLU(nn.Module):
    """One product for gate and up together, as serving code does."""

    def __init__(self, d_model, multiple_of=256):
        super().__init__()
        d_ff = 8 * d_model // 3
        d_ff += -d_ff % multiple_of
        self.W_gate = nn.Linear(d_model, d_ff, bias=False)
        self.W_up = nn.Linear(d_model, d_ff, bias=False)
        self.W_down = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x):
        both = F.linear(x, torch.cat((self.W_gate.weight, self.W_up.weight)))
        gate, up = both.chunk(2, dim=-1)
        return self.W_down(F.silu(gate).mul_(up))
