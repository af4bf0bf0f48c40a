import math

import torch


def fans(weight):
    if weight.ndim <= 1:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    receptive = weight[0, 0].numel()
    return weight.shape[1] * receptive, weight.shape[0] * receptive


def fill(weight, values):
    weight.data.copy_(values)
    return weight


def xavier_uniform_(weight, gain=1.0):
    fan_in, fan_out = fans(weight)
    a = gain * math.sqrt(6.0 / (fan_in + fan_out))
    return fill(weight, (2 * torch.rand(weight.shape) - 1) * a)


def xavier_normal_(weight, gain=1.0):
    fan_in, fan_out = fans(weight)
    return fill(
        weight,
        torch.randn(weight.shape) * gain * (2.0 / (fan_in + fan_out)) ** 0.5,
    )


def kaiming_uniform_(weight, gain=2**0.5, mode="fan_in"):
    sizes = dict(zip(("fan_in", "fan_out"), fans(weight)))
    if mode not in sizes:
        raise ValueError(mode)
    a = gain * math.sqrt(3.0 / sizes[mode])
    return fill(weight, torch.distributions.Uniform(-a, a).sample(weight.shape))


def kaiming_normal_(weight, gain=2**0.5, mode="fan_in"):
    sizes = dict(zip(("fan_in", "fan_out"), fans(weight)))
    if mode not in sizes:
        raise ValueError(mode)
    return fill(
        weight, torch.normal(0.0, gain / math.sqrt(sizes[mode]), weight.shape)
    )
