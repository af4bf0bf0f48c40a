"""All values of α in one batch; the scale returns to the weight instead of going to x."""

import torch


def rounded(w, bits, group):
    """w (..., d_in) in float32."""
    shape = w.shape
    flat = w.reshape(-1, group)
    low = torch.minimum(flat.min(1, True).values, torch.zeros(()))
    high = torch.maximum(flat.max(1, True).values, torch.zeros(()))
    top = 2**bits - 1
    step = (high - low) / top
    step[step == 0] = 1
    zero = -torch.round(low / step)
    codes = torch.clamp(torch.round(flat / step), -zero, top - zero)
    return (codes * step).reshape(shape)


def fake_quantise(w, bits=4, group=128):
    return rounded(w.to(torch.float32), bits, group).to(w.dtype)


def awq_scales(w, x, bits=4, group=128, grid=20):
    w = w.to(torch.float32)
    tokens = x.to(torch.float32).reshape(-1, w.shape[1])
    mean = torch.linalg.vector_norm(tokens, 1, dim=0) / len(tokens)
    alphas = torch.arange(grid + 1) / grid
    s = torch.clamp_min(mean ** alphas[:, None], 1e-4)  # (grid + 1, d_in)
    s = s * torch.rsqrt(s.amax(1) * s.amin(1))[:, None]
    back = rounded(w * s[:, None], bits, group) / s[:, None]
    error = torch.einsum("ni,koi->kno", tokens, back - w).pow(2).sum((1, 2))
    k = int((error == error.min()).nonzero()[0])
    return s[k], k / grid


def fold(gain, w, s, bits=4, group=128):
    scaled = torch.einsum("oi,i->oi", w.float(), s.float())
    return (gain.float() / s.float()).to(gain), rounded(scaled, bits, group).to(
        w
    )
