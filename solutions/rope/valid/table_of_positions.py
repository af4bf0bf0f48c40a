import torch


def rope_frequencies(head_width, base=10000.0):
    if head_width % 2:
        raise ValueError
    return 1.0 / base ** (
        torch.arange(head_width // 2, dtype=torch.float32) * 2 / head_width
    )


def rope(x, positions, base=10000.0):
    half = x.size(-1) // 2
    different, where = positions.unique(return_inverse=True)
    table = torch.outer(different.float(), rope_frequencies(x.size(-1), base))
    cos, sin = table.cos()[where], table.sin()[where]
    out = torch.empty_like(x)
    out[..., :half] = x[..., :half] * cos - x[..., half:] * sin
    out[..., half:] = x[..., half:] * cos + x[..., :half] * sin
    return out
