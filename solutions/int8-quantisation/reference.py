"""Symmetric (absmax) INT8 quantisation (Dettmers et al. 2022, §2.1)."""

import torch
from torch import Tensor

LARGEST = 127  # not −128: the range stays symmetric


def quantise(x: Tensor, axis: int | None = None) -> tuple[Tensor, Tensor]:
    """x -> q (int8, the shape of x), scale (float32).

    The scale has no dimensions, or the shape of x with 1 everywhere but at
    `axis`.
    """
    x = x.float()
    if axis is None:
        largest = x.abs().amax()
    else:
        others = [i for i in range(x.dim()) if i != axis % x.dim()]
        largest = x.abs().amax(dim=others, keepdim=True)
    scale = torch.where(largest > 0, largest / LARGEST, 1.0)
    return torch.round(x / scale).to(torch.int8), scale


def dequantise(q: Tensor, scale: Tensor) -> Tensor:
    """q · scale in float32."""
    return q.float() * scale
