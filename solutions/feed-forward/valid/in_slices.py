import torch
from torch import nn


class FeedForward(nn.Module):
    """Hidden units one slice at a time: the output is a sum over them, so little memory is needed at once."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.W_1, self.W_2 = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)

    def forward(self, x):
        out = self.W_2.bias.expand(x.shape)
        for units in torch.arange(self.W_1.out_features).split(4):
            hidden = torch.maximum(
                x @ self.W_1.weight[units].T + self.W_1.bias[units],
                x.new_zeros(()),
            )
            out = out + hidden @ self.W_2.weight[:, units].T
        return out


class SwiGLU(nn.Module):
    def __init__(self, d_model: int, multiple_of: int = 256):
        super().__init__()
        d_ff = next(
            m
            for m in range(multiple_of, 9 * d_model + multiple_of, multiple_of)
            if m >= 8 * d_model // 3
        )
        for name, shape in {
            "gate": (d_model, d_ff),
            "up": (d_model, d_ff),
            "down": (d_ff, d_model),
        }.items():
            self.add_module(f"W_{name}", nn.Linear(*shape, bias=False))
        self.swish = nn.SiLU()

    def forward(self, x):
        return (
            self.W_up(x) * self.swish(self.W_gate(x))
        ) @ self.W_down.weight.t()
