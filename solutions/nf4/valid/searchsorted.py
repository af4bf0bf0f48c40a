"""Searchsorted between the levels; pairs as a matrix product."""

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


def quantize_nf4(w, block=64, group=256):
    w = w.detach().float().contiguous().view(-1, block)
    constants = w.abs().max(dim=1, keepdim=True).values
    ratio = (w / constants).nan_to_num(0.0)
    upper = torch.searchsorted(NF4, ratio).clamp(1, 15)
    lower = upper - 1
    nearer = (NF4[upper] - ratio) < (ratio - NF4[lower])
    codes = torch.where(nearer, upper, lower).view(-1, 2)
    packed = (codes @ torch.tensor([16, 1])).byte()
    constants = constants.squeeze(1)
    offset = constants.mean()
    difference = constants - offset
    n = len(difference)
    index = torch.arange(n) // group
    scales = torch.zeros(int(index[-1]) + 1)
    scales = scales.scatter_reduce(0, index, difference.abs(), "amax") / 127
    q = torch.round((difference / scales[index]).nan_to_num(0.0))
    return packed, q.to(torch.int8), scales, offset


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
    high, low = (
        torch.div(packed, 16, rounding_mode="floor"),
        packed.remainder(16),
    )
    levels = NF4[torch.stack((high, low), -1).reshape(-1, block).int()]
    index = torch.arange(len(constants)) // group
    c = torch.addcmul(offset.float(), constants.float(), scales.float()[index])
    return (levels * c[:, None]).view(*shape).to(dtype)
