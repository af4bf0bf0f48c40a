import math

import torch


def rope_frequencies(head_width, base=10000.0):
    if head_width % 2 != 0:
        raise ValueError("the head width must be even")
    return torch.exp(
        torch.arange(0, head_width, 2).float() * (-math.log(base) / head_width)
    )


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), dim=-1)


def rope(x, positions, base=10000.0):
    angles = positions.float()[..., None] * rope_frequencies(x.shape[-1], base)
    angles = torch.cat((angles, angles), dim=-1)
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    return x * cos + rotate_half(x) * sin
