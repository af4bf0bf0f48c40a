"""PyTorch's own activations; derivatives are tested elsewhere."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.gelu"


def pairs(implementation, seed):
    """One place per function."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(400, generator=generator, dtype=torch.float64) * 3
    yield "relu", implementation.relu(x), functional.relu(x)
    yield "gelu", implementation.gelu(x), functional.gelu(x)
    theirs = functional.gelu(x, approximate="tanh")
    yield "gelu_tanh", implementation.gelu_tanh(x), theirs
    yield "silu", implementation.silu(x), functional.silu(x)
