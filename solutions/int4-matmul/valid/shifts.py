"""Extends the sign with shifts, and repeats the scales."""

import torch
from torch import Tensor


def quantise_int4(w: Tensor, group: int = 128) -> tuple[Tensor, Tensor]:
    rows, columns = w.shape
    if group % 2 == 1 or columns % group > 0:
        raise ValueError("columns must be a multiple of an even group")
    blocks = w.float().unflatten(1, (-1, group))
    largest = torch.linalg.vector_norm(blocks, ord=float("inf"), dim=2)
    scale = largest.div(7).masked_fill(largest == 0, 1.0)
    codes = (w.float() / scale.repeat_interleave(group, dim=1)).round().int()
    packed = torch.zeros(rows, columns // 2, dtype=torch.int32)
    packed += codes[:, 1::2] * 16
    packed += codes[:, 0::2].remainder(16)
    return packed.remainder(256).to(torch.uint8), scale


def matmul_int4(x: Tensor, packed: Tensor, scale: Tensor) -> Tensor:
    signed = packed.view(torch.int8)
    weight = torch.empty(packed.shape[0], 2 * packed.shape[1])
    weight[:, 0::2] = ((signed << 4) >> 4).float()
    weight[:, 1::2] = (signed >> 4).float()
    weight *= scale.repeat_interleave(weight.shape[1] // scale.shape[1], dim=1)
    return torch.nn.functional.linear(x.float(), weight).to(x.dtype)
