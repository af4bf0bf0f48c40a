"""The two layouts of RoPE (Su et al. 2021, §3.4.2) and the way between them.

Meta's LLaMA pairs neighbours, transformers pairs halves and permutes the rows
of W_q and W_k when it converts a checkpoint.
"""

import torch
from torch import Tensor


def rope_interleaved(
    x: Tensor, positions: Tensor, base: float = 10000.0
) -> Tensor:
    """Rotate the pairs (x_2i, x_2i+1)."""
    first, second = _turn(x[..., 0::2], x[..., 1::2], positions, base)
    return torch.stack((first, second), dim=-1).flatten(-2).to(x.dtype)


def rope_half_split(
    x: Tensor, positions: Tensor, base: float = 10000.0
) -> Tensor:
    """Rotate the pairs (x_i, x_i+d/2)."""
    first, second = _turn(*x.chunk(2, dim=-1), positions, base)
    return torch.cat((first, second), dim=-1).to(x.dtype)


def _turn(
    first: Tensor, second: Tensor, positions: Tensor, base: float
) -> tuple[Tensor, Tensor]:
    """Both (..., T, d/2): pair i at position p by p·base^(-2i/d)."""
    half = first.size(-1)
    exponents = torch.arange(half, dtype=torch.float32) / half
    angles = positions.unsqueeze(-1) * base**-exponents  # (T, d/2)
    cos, sin = angles.cos(), angles.sin()
    return first * cos - second * sin, first * sin + second * cos


def interleaved_to_half_split(weight: Tensor, num_heads: int) -> Tensor:
    """Within each head the even rows first, then the odd ones."""
    pairs = weight.unflatten(0, (num_heads, -1, 2))  # (heads, d/2, 2, ...)
    return pairs.transpose(1, 2).flatten(0, 2)


def half_split_to_interleaved(weight: Tensor, num_heads: int) -> Tensor:
    """Within each head one row of each half in turn."""
    halves = weight.unflatten(0, (num_heads, 2, -1))  # (heads, 2, d/2, ...)
    return halves.transpose(1, 2).flatten(0, 2)
