"""Symmetric INT8 quantisation, per tensor and per channel."""

import torch
from torch import Tensor


def quantise(x: Tensor, axis: int | None = None) -> tuple[Tensor, Tensor]:
    """x -> q (int8, the shape of x), scale (float32)."""
    raise NotImplementedError


def dequantise(q: Tensor, scale: Tensor) -> Tensor:
    """q · scale in float32."""
    raise NotImplementedError
