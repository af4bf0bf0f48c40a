"""Shifts before it rounds, and takes the codes back through a table."""

import torch
from torch import Tensor


def quantise(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor, Tensor]:
    values = x.to(torch.float32)
    low, high = torch.aminmax(
        torch.cat([values.reshape(-1), values.new_zeros(1)])
    )
    largest = (1 << bits) - 1
    width = high - low
    scale = width / largest if width > 0 else torch.ones(())
    zero_point = (-low / scale).round()
    codes = (values / scale + zero_point).round().clamp_(0, largest)
    return codes.byte(), scale, zero_point.int()


def dequantise(q: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    table = (torch.arange(256) - zero_point.long()).to(torch.float32) * scale
    return table[q.long()]
