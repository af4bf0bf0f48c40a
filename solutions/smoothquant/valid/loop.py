"""Channel by channel in Python numbers, weight by weight."""

import torch


def smoothing_factors(x, weights, alpha=0.5):
    d = x.shape[-1]
    factors = []
    for j in range(d):
        a = x[..., j].abs().max().float().item()
        b = max(w[:, j].abs().max().float().item() for w in weights)
        factors.append(1.0 if a == 0 or b == 0 else a**alpha * b ** (alpha - 1))
    return torch.tensor(factors, dtype=torch.float32)


def smooth(gain, bias, weights, s):
    inverse = 1 / s
    folded = [
        (torch.einsum("oi,i->oi", w.float(), s.float())).to(w.dtype)
        for w in weights
    ]
    return (
        (gain * inverse).to(gain.dtype),
        (bias * inverse).to(bias.dtype) if bias is not None else None,
        folded,
    )
