"""The same formula as one operator of PyTorch's own."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.scaled_dot_product_attention"


def pairs(implementation, seed):
    """With and without a mask."""
    generator = torch.Generator().manual_seed(seed)
    q, k, v = (
        torch.randn(2, 3, length, 8, generator=generator)
        for length in (5, 7, 7)
    )
    mask = torch.rand(2, 1, 5, 7, generator=generator) < 0.6
    mask[..., 0] = True  # a row with nothing in it is NaN there
    theirs = functional.scaled_dot_product_attention
    yield "no mask", implementation.attention(q, k, v), theirs(q, k, v)
    yield "mask", implementation.attention(q, k, v, mask), theirs(q, k, v, mask)
