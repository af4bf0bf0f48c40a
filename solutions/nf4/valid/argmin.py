"""All distances, integer arithmetic for the bytes."""

import math

import torch

NF4 = torch.tensor(
    [
        -1.0,
        -0.6961928009986877,
        -0.5250730514526367,
        -0.39491748809814453,
        -0.28444138169288635,
        -0.18477343022823334,
        -0.09105003625154495,
        0.0,
        0.07958029955625534,
        0.16093020141124725,
        0.24611230194568634,
        0.33791524171829224,
        0.44070982933044434,
        0.5626170039176941,
        0.7229568362236023,
        1.0,
    ]
)


@torch.no_grad()
def quantize_nf4(w, block=64, group=256):
    x = w.to(torch.float32).flatten().unflatten(0, (-1, block))
    c = torch.maximum(x.max(1).values, -x.min(1).values)
    safe = torch.where(c == 0, 1.0, c)
    codes = (
        (x[..., None] / safe[:, None, None] - NF4).abs().argmin(-1).flatten()
    )
    packed = (codes[0::2] * 16 + codes[1::2]).to(torch.uint8)
    offset = c.sum() / c.numel()
    q, scales = [], []
    for part in (c - offset).split(group):
        s = part.abs().max() / 127
        q.append(torch.round(part / s) if s > 0 else torch.zeros_like(part))
        scales.append(s)
    return packed, torch.cat(q).to(torch.int8), torch.stack(scales), offset


@torch.no_grad()
def dequantize_nf4(
    packed,
    constants,
    scales,
    offset,
    shape,
    block=64,
    group=256,
    dtype=torch.float32,
):
    numbers = packed.int()
    codes = torch.empty(2 * len(packed), dtype=torch.int64)
    codes[0::2] = numbers // 16
    codes[1::2] = numbers % 16
    which = torch.arange(math.prod(shape)) // block
    c = (
        constants.float()
        * scales.float()[torch.arange(len(constants)) // group]
    )
    c = c + offset.float()
    return (NF4[codes] * c[which]).reshape(shape).type(dtype)
