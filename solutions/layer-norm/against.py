"""PyTorch's own LayerNorm, with the same weight and bias."""

import torch
from torch import nn

COUNTERPART = "torch.nn.LayerNorm"


def pairs(implementation, seed):
    """Inputs far from zero, and inputs as small as eps."""
    torch.manual_seed(seed)
    ours, theirs = implementation.LayerNorm(7), nn.LayerNorm(7)
    nn.init.normal_(theirs.weight)
    nn.init.normal_(theirs.bias)
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(2, 3, 7)
    yield "ordinary", ours(x), theirs(x)
    yield "far from zero", ours(x + 3), theirs(x + 3)
    yield "small", ours(x * 1e-3), theirs(x * 1e-3)
