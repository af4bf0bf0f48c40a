import math

import torch


def sinusoidal_encoding(length, d_model):
    column = torch.arange(d_model)
    frequency = torch.pow(10000.0, -(column - column % 2).double() / d_model)
    phase = (column % 2) * (math.pi / 2)  # cos x = sin(x + π/2)
    return torch.sin(
        torch.outer(torch.arange(length).double(), frequency) + phase
    ).to(torch.float32)
