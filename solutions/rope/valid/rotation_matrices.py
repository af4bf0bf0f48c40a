import torch


def rope_frequencies(head_width, base=10000.0):
    if head_width & 1:
        raise ValueError("odd")
    return torch.tensor(
        [base ** (-2 * i / head_width) for i in range(head_width // 2)],
        dtype=torch.float32,
    )


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    phi = torch.einsum(
        "...,f->...f", positions.to(torch.float32), rope_frequencies(d, base)
    )
    turn = torch.stack(
        (phi.cos(), -phi.sin(), phi.sin(), phi.cos()), -1
    ).unflatten(-1, (2, 2))
    pairs = x.unflatten(-1, (2, d // 2)).transpose(-1, -2)
    wide = torch.promote_types(x.dtype, torch.float32)
    turned = (turn.to(wide) @ pairs.to(wide).unsqueeze(-1)).squeeze(-1)
    return turned.transpose(-1, -2).flatten(-2).to(x.dtype)
