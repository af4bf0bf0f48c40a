import torch


def tables(x, positions, base, doubled):
    d = x.shape[-1]
    inv = 1.0 / (base ** (torch.arange(0, d, 2, dtype=torch.float32) / d))
    angles = doubled(positions[:, None].float() * inv)
    return angles.cos().to(x.dtype), angles.sin().to(x.dtype)


def rope_half_split(x, positions, base=10000.0):
    cos, sin = tables(x, positions, base, lambda a: torch.cat((a, a), dim=-1))
    a, b = x[..., : x.shape[-1] // 2], x[..., x.shape[-1] // 2 :]
    return x * cos + torch.cat((-b, a), dim=-1) * sin


def rope_interleaved(x, positions, base=10000.0):
    cos, sin = tables(
        x, positions, base, lambda a: a.repeat_interleave(2, dim=-1)
    )
    rotated = torch.stack((-x[..., 1::2], x[..., ::2]), dim=-1)
    return x * cos + rotated.reshape(x.shape) * sin


def interleaved_to_half_split(weight, num_heads):
    rest = weight.shape[1:]
    heads = weight.reshape(num_heads, -1, 2, *rest)
    return torch.cat((heads[:, :, 0], heads[:, :, 1]), dim=1).reshape(-1, *rest)


def half_split_to_interleaved(weight, num_heads):
    heads = weight.reshape(num_heads, -1, *weight.shape[1:])
    first, second = heads.chunk(2, dim=1)
    return torch.stack((first, second), dim=2).reshape(weight.shape)
