import torch


def fans(weight):
    if len(weight.shape) < 2:
        raise ValueError("need (out, in, ...)")
    size = weight.numel()
    return size // weight.shape[0], size // weight.shape[1]


def variance_scaling_(weight, scale, fan, uniform):
    deviation = (scale / fan) ** 0.5
    with torch.no_grad():
        weight.uniform_(0, 1).sub_(0.5).mul_(
            12**0.5 * deviation
        ) if uniform else weight.normal_().mul_(deviation)
    return weight


def chosen(weight, mode):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"unknown mode {mode}")
    return fans(weight)[mode == "fan_out"]


def xavier_uniform_(weight, gain=1.0):
    return variance_scaling_(weight, gain**2, sum(fans(weight)) / 2, True)


def xavier_normal_(weight, gain=1.0):
    return variance_scaling_(weight, gain**2, sum(fans(weight)) / 2, False)


def kaiming_uniform_(weight, gain=2**0.5, mode="fan_in"):
    return variance_scaling_(weight, gain**2, chosen(weight, mode), True)


def kaiming_normal_(weight, gain=2**0.5, mode="fan_in"):
    return variance_scaling_(weight, gain**2, chosen(weight, mode), False)
