"""RoPE (Su et al. 2021, §3.2.2 and §3.4.2) in the layout of LLaMA."""

import torch
from torch import Tensor


def rope_frequencies(head_width: int, base: float = 10000.0) -> Tensor:
    """The radians by which each pair turns per position, float32 (d/2,).

    θ_i = base^(-2i/d): the first pair turns by one radian per token, the last
    hardly at all.
    """
    if head_width % 2:
        raise ValueError(f"RoPE rotates pairs; head width {head_width} is odd")
    # (d/2,): 0, 2/d, 4/d, ...
    exponents = torch.arange(0, head_width, 2, dtype=torch.float32) / head_width
    return 1.0 / base**exponents


def rope(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """Rotate the pair (x_i, x_{i+d/2}) at position p by the angle p·θ_i.

    Shapes: x (..., T, d), positions broadcast to (..., T) -> (..., T, d), in
    the dtype of x.
    """
    frequencies = rope_frequencies(x.size(-1), base).to(x.device)  # (d/2,)
    # float32 whatever x is: bfloat16 cannot tell position 257 from 256
    angles = positions.unsqueeze(-1) * frequencies  # (..., T, d/2)
    cos, sin = angles.cos(), angles.sin()
    first, second = x.chunk(2, dim=-1)  # each (..., T, d/2)
    rotated = first * cos - second * sin, first * sin + second * cos
    return torch.cat(rotated, dim=-1).to(x.dtype)  # (..., T, d)
