"""Sinusoidal positional encoding (Vaswani et al. 2017, §3.5)."""

import torch
from torch import Tensor


def sinusoidal_encoding(length: int, d_model: int) -> Tensor:
    """Sines in the even columns, cosines in the odd ones.

    A fixed table of positions, float32 (length, d_model). Columns 2i and 2i+1
    turn by 10000^(-2i/d_model) radians per position; their wavelengths grow
    geometrically from 2π towards 10000·2π. With an odd d_model the last sine
    has no cosine beside it.
    """
    positions = torch.arange(length).unsqueeze(1)  # (length, 1)
    # (⌈d_model/2⌉,): 2i/d_model
    exponents = torch.arange(0, d_model, 2, dtype=torch.float32) / d_model
    angles = positions / 10000.0**exponents  # (length, ⌈d_model/2⌉)
    table = torch.empty(length, d_model)
    table[:, 0::2] = angles.sin()
    table[:, 1::2] = angles[:, : d_model // 2].cos()
    return table
