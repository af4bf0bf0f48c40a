"""Powers by logarithms, normalised there too; codes kept signed; everything inside in float64."""

import torch


def fake_quantise(w, bits=4, group=128):
    groups = w.float().double().reshape(w.shape[0], -1, group)
    edges = torch.nn.functional.pad(groups, (0, 1))  # 0 is always inside
    low, high = edges.aminmax(dim=-1, keepdim=True)
    step = ((high - low) / (2**bits - 1)).clamp_min(1e-300)
    lowest = torch.round(low / step)
    codes = torch.round(groups / step)
    codes = torch.maximum(codes, lowest)
    codes = torch.minimum(codes, lowest + 2**bits - 1)
    return (codes * step).reshape(w.shape).to(w.dtype)


def awq_scales(w, x, bits=4, group=128, grid=20):
    w, x = w.double(), x.double().reshape(-1, x.shape[-1])
    logs = x.abs().mean(dim=0).clamp_min(1e-300).log()
    floor = torch.tensor(1e-4, dtype=torch.float64).log()

    def scales(k):
        power = torch.maximum(logs * k / grid, floor)
        return torch.exp(power - (power.max() + power.min()) / 2)

    best, least = 0, None
    for k in range(grid + 1):
        s = scales(k)
        rounded = fake_quantise((w * s).float(), bits, group).double()
        error = float(((x / s) @ rounded.T - x @ w.T).square().sum())
        if least is None or error < least:
            best, least = k, error
    return scales(best).float(), best / grid


def fold(gain, w, s, bits=4, group=128):
    scaled = (w.double() * s.double()).float()
    return (gain.double() / s.double()).to(gain.dtype), fake_quantise(
        scaled, bits, group
    ).to(w.dtype)
