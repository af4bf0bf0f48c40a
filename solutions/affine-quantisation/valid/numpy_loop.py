"""Value by value, in plain Python."""

import torch
from torch import Tensor


def quantise(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor, Tensor]:
    numbers = x.float().reshape(-1).tolist()
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    steps = 2**bits - 1
    scale = (
        torch.tensor((high - low) / steps, dtype=torch.float32)
        if high > low
        else torch.tensor(1.0)
    )
    zero_point = round(-low / scale.item())
    codes = [
        min(max(round(n / scale.item()) + zero_point, 0), steps)
        for n in numbers
    ]
    q = torch.tensor(codes, dtype=torch.uint8).reshape(x.shape)
    return q, scale, torch.tensor(zero_point, dtype=torch.int32)


def dequantise(q: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return (q.to(torch.int32) - zero_point).to(torch.float32) * scale
