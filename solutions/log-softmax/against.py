"""The same two functions of PyTorch's own."""

import math

import torch

COUNTERPART = "torch.logsumexp"


def pairs(implementation, seed):
    """First along each axis, then where entries or whole rows are −∞."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(3, 4, 5, generator=generator, dtype=torch.float64) * 300
    for dim in range(3):
        yield (
            f"logsumexp, dim {dim}",
            implementation.logsumexp(x, dim),
            torch.logsumexp(x, dim),
        )
        yield (
            f"log_softmax, dim {dim}",
            implementation.log_softmax(x, dim),
            torch.log_softmax(x, dim),
        )
    x[0, :, :3] = -math.inf
    x[1, 2] = -math.inf
    yield "−∞ in logsumexp", implementation.logsumexp(x), torch.logsumexp(x, -1)
    ours, theirs = implementation.log_softmax(x), torch.log_softmax(x, -1)
    yield "−∞ in log_softmax", ours, theirs
