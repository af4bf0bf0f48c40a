import torch


def rope_frequencies(head_width, base=10000.0):
    if head_width % 2 == 1:
        raise ValueError("odd width")
    pairs = torch.arange(head_width // 2, dtype=torch.float64)
    return torch.pow(base, -2 * pairs / head_width).float()


def rope(x, positions, base=10000.0):
    theta = rope_frequencies(x.shape[-1], base)
    angles = positions[..., None].double() * theta.double()
    turns = torch.polar(torch.ones_like(angles), angles)
    half = x.shape[-1] // 2
    points = torch.complex(x[..., :half].double(), x[..., half:].double())
    points = points * turns
    return torch.cat((points.real, points.imag), -1).to(x.dtype)
