"""Infinity norms, powers only where both maxima live, the fold in the dtype of each tensor."""

import torch


def smoothing_factors(x, weights, alpha=0.5):
    a = torch.linalg.vector_norm(
        x.float().reshape(-1, x.shape[-1]), float("inf"), dim=0
    )
    b = torch.stack(
        [
            torch.linalg.vector_norm(w.float(), float("inf"), dim=0)
            for w in weights
        ]
    ).amax(0)
    s = torch.ones_like(a)
    live = (a != 0) & (b != 0)
    s[live] = a[live].pow(alpha) * b[live].pow(alpha - 1)
    return s


def smooth(gain, bias, weights, s):
    def fold(v):
        return None if v is None else v.div(s.to(v.dtype))

    return fold(gain), fold(bias), [w.mul(s.to(w.dtype)) for w in weights]
