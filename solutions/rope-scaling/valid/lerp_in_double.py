import math

import torch


def theta(d, base):
    i = torch.arange(d // 2, dtype=torch.float64)
    return torch.exp(-2 * i / d * math.log(base))


def linear_frequencies(head_width, factor, base=10000.0):
    return theta(head_width, base).div(factor).float()


def ntk_frequencies(head_width, factor, base=10000.0):
    exponent = head_width / (head_width - 2)
    return theta(head_width, base * factor**exponent).float()


def yarn_frequencies(
    head_width, factor, original_length, base=10000.0, fast=32, slow=1
):
    plain = theta(head_width, base)
    bounds = torch.tensor(
        [original_length / (2 * math.pi * r) for r in (fast, slow)]
    )
    ends = bounds.log() * head_width / (2 * math.log(base))
    low = max(int(ends[0].floor()), 0)
    high = min(int(ends[1].ceil()), head_width - 1)
    ramp = (
        torch.linspace(0, head_width // 2 - 1, head_width // 2)
        .sub(low)
        .div(high - low)
    )
    mixed = torch.lerp(plain, plain / factor, ramp.clamp(0, 1).double())
    return mixed.float(), torch.tensor(factor).log().item() * 0.1 + 1
