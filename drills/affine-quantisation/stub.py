"""Asymmetric quantisation to unsigned integers, one range per tensor."""

import torch
from torch import Tensor


def quantise(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor, Tensor]:
    """x -> q (uint8, the shape of x), scale (float32), zero_point (int32)."""
    raise NotImplementedError


def dequantise(q: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """The float32 values that q stands for."""
    raise NotImplementedError
