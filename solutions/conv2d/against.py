"""PyTorch's own."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.conv2d"


def pairs(implementation, seed):
    """Plain first, then with everything."""
    generator = torch.Generator().manual_seed(seed)
    shapes = (2, 3, 9, 8), (4, 3, 3, 2), (4,)
    x, weight, bias = (
        torch.randn(*shape, generator=generator, dtype=torch.float64)
        for shape in shapes
    )
    cases = {
        "plain": {},
        "stride": {"stride": (2, 3)},
        "padding": {"padding": (1, 2)},
        "dilation": {"dilation": (2, 3)},
        "together": {"stride": 2, "padding": 2, "dilation": 2},
    }
    for place, options in cases.items():
        ours = implementation.conv2d(x, weight, bias, **options)
        yield place, ours, functional.conv2d(x, weight, bias, **options)
