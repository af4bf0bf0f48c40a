import math

import torch


def powers(dim, base):
    return base ** (torch.arange(0, dim, 2).float() / dim)


def linear_frequencies(head_width, factor, base=10000.0):
    return 1.0 / (factor * powers(head_width, base))


def ntk_frequencies(head_width, factor, base=10000.0):
    base = base * factor ** (head_width / (head_width - 2))
    return 1.0 / powers(head_width, base)


def correction_dim(turns, dim, base, length):
    return (dim * math.log(length / (turns * 2 * math.pi))) / (
        2 * math.log(base)
    )


def yarn_frequencies(
    head_width, factor, original_length, base=10000.0, fast=32, slow=1
):
    low = math.floor(correction_dim(fast, head_width, base, original_length))
    high = math.ceil(correction_dim(slow, head_width, base, original_length))
    low, high = max(low, 0), min(high, head_width - 1)
    ramp = (torch.arange(head_width // 2, dtype=torch.float32) - low) / (
        high - low
    )
    keep = 1 - torch.clamp(ramp, 0, 1)
    position_freqs = powers(head_width, base)
    interpolation = 1.0 / (factor * position_freqs)
    extrapolation = 1.0 / position_freqs
    return interpolation * (1 - keep) + extrapolation * keep, 0.1 * math.log(
        factor
    ) + 1.0
