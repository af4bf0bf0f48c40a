import torch


def rope_interleaved(x, positions, base=10000.0):
    d = x.shape[-1]
    wide = torch.float64 if x.dtype == torch.float64 else torch.float32
    theta = 1.0 / base ** (torch.arange(0, d, 2).float() / d)
    angles = torch.outer(positions.float(), theta)
    turn = torch.polar(torch.ones_like(angles), angles)
    pairs = torch.view_as_complex(
        x.to(wide).contiguous().reshape(*x.shape[:-1], d // 2, 2)
    )
    return torch.view_as_real(pairs * turn).flatten(-2).to(x.dtype)


def rope_half_split(x, positions, base=10000.0):
    order = index(x.shape[-1])
    back = torch.argsort(order)
    return rope_interleaved(x[..., back], positions, base)[..., order]


def index(d):
    return torch.cat((torch.arange(0, d, 2), torch.arange(1, d, 2)))


def interleaved_to_half_split(weight, num_heads):
    d = weight.shape[0] // num_heads
    return torch.cat([part[index(d)] for part in weight.split(d)])


def half_split_to_interleaved(weight, num_heads):
    d = weight.shape[0] // num_heads
    return torch.cat([part[index(d).argsort()] for part in weight.split(d)])
