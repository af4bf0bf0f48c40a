"""Weights of four bits: quantised by groups, two to a byte, and multiplied."""

import torch
from torch import Tensor


def quantise_int4(w: Tensor, group: int = 128) -> tuple[Tensor, Tensor]:
    """w (d_out, d_in) -> packed uint8 (d_out, d_in / 2), scale (d_out, d_in / group)."""
    raise NotImplementedError


def matmul_int4(x: Tensor, packed: Tensor, scale: Tensor) -> Tensor:
    """x (..., d_in) -> (..., d_out)."""
    raise NotImplementedError
