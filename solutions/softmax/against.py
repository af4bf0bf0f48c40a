"""PyTorch's own softmax."""

import torch

COUNTERPART = "torch.softmax"


def pairs(implementation, seed):
    """Along every axis, with ordinary and with large numbers."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(3, 4, 5, generator=generator)
    for dim in (0, 1, -1):
        ours, theirs = implementation.softmax(x, dim), torch.softmax(x, dim)
        yield f"dim {dim}", ours, theirs
    large = x * 1e3
    yield "large", implementation.softmax(large), torch.softmax(large, -1)
