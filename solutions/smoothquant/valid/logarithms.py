"""Exponents in the logarithm, maxima pooled weight by weight, dead channels set afterwards."""

import torch


def smoothing_factors(x, weights, alpha=0.5):
    tokens = x.float().flatten(0, -2) if x.dim() > 1 else x.float()[None]
    a = torch.maximum(tokens.max(0).values, -tokens.min(0).values)
    b = torch.zeros_like(a)
    for w in weights:
        b = torch.maximum(b, w.float().abs().max(dim=0)[0])
    s = torch.exp(alpha * a.log() - (1 - alpha) * b.log())
    s[(a == 0) | (b == 0)] = 1
    return s


def smooth(gain, bias, weights, s):
    new_gain = gain.clone()
    new_gain /= s.to(gain.dtype)
    new_bias = None
    if bias is not None:
        new_bias = torch.div(bias.float(), s).to(bias)
    return (
        new_gain,
        new_bias,
        [(w.float() @ torch.diag(s.float())).to(w.dtype) for w in weights],
    )
