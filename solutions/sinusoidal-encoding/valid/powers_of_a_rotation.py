import torch


def sinusoidal_encoding(length, d_model):
    """Row p + 1 is row p with every pair rotated: each pair holds the powers of one complex number."""
    theta = 10000.0 ** -(
        torch.arange(0, d_model, 2, dtype=torch.float64) / d_model
    )
    turn = torch.polar(torch.ones_like(theta), theta)
    hands = turn.unsqueeze(0) ** torch.arange(length).unsqueeze(1)
    pairs = torch.stack((hands.imag, hands.real), dim=-1).flatten(1)
    return pairs[:, :d_model].float().contiguous()
