"""Asymmetric quantisation with a zero point (Jacob et al. 2018, §2.1)."""

import torch
from torch import Tensor


def quantise(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor, Tensor]:
    """x -> q (uint8, the shape of x), scale (float32), zero_point (int32).

    scale and zero_point have no dimensions: one range for the whole tensor.
    """
    x = x.float()
    levels = 2**bits - 1  # the largest code
    low = x.amin().clamp(max=0)  # the range contains 0
    high = x.amax().clamp(min=0)
    scale = torch.where(high > low, (high - low) / levels, 1.0)
    zero_point = torch.round(-low / scale).to(torch.int32)
    q = torch.round(x / scale) + zero_point
    return q.clamp(0, levels).to(torch.uint8), scale, zero_point


def dequantise(q: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """(q − zero_point) · scale, in float32 because uint8 would wrap."""
    return (q.float() - zero_point) * scale
