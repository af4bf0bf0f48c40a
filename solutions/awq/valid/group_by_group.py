"""Row by row and group by group; α from the largest down, so the smaller one wins at equal errors."""

import math

import torch


def fake_quantise(w, bits=4, group=128):
    top = 2**bits - 1
    out = w.float().clone()
    for row in out:
        for part in row.split(group):
            low = min(0.0, float(part.min()))
            high = max(0.0, float(part.max()))
            if low == high:
                continue
            step = (high - low) / top
            zero = round(-low / step)
            codes = ((part / step).round() + zero).clamp(0, top)
            part.copy_((codes - zero) * step)
    return out.to(w.dtype)


def awq_scales(w, x, bits=4, group=128, grid=20):
    w = w.float()
    x = (
        x.float().view(-1, w.size(1))
        if x.dim() == 1
        else x.float().flatten(0, -2)
    )
    mean = x.abs().sum(0) / x.size(0)
    found = {}
    for k in range(grid, -1, -1):
        s = torch.ones_like(mean) if k == 0 else mean ** (k / grid)
        s = torch.where(s < 1e-4, torch.full_like(s, 1e-4), s)
        s = s / math.sqrt(float(s.max()) * float(s.min()))
        back = fake_quantise(w * s, bits, group) / s
        found[k] = torch.nn.functional.mse_loss(x @ back.t(), x @ w.t()).item()
        if found[k] <= min(found.values()):
            best = (s, k / grid)
    return best


def fold(gain, w, s, bits=4, group=128):
    return gain.div(s.to(gain.dtype)), fake_quantise(
        w.float() * s.float()[None, :], bits, group
    ).to(w.dtype)
