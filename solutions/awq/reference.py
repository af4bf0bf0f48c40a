"""AWQ's search for scales (Lin et al. 2023, §3.2)."""

import torch
from torch import Tensor

SMALLEST = 1e-4  # of a scale before it is normalised


def fake_quantise(w: Tensor, bits: int = 4, group: int = 128) -> Tensor:
    """w (d_out, d_in) -> the values that its codes stand for."""
    groups = w.float().reshape(len(w), -1, group)  # (d_out, n, group)
    low = groups.amin(dim=2, keepdim=True).clamp(max=0)  # (d_out, n, 1)
    high = groups.amax(dim=2, keepdim=True).clamp(min=0)
    top = 2**bits - 1
    step = (high - low) / top
    step = torch.where(step > 0, step, 1.0)  # a group of zeros
    zero = torch.round(-low / step)
    codes = (torch.round(groups / step) + zero).clamp(0, top)
    return ((codes - zero) * step).flatten(1).to(w.dtype)


def scales(importance: Tensor, alpha: float) -> Tensor:
    """importance^α, normalised so that its largest times its smallest is 1."""
    s = importance.pow(alpha).clamp(min=SMALLEST)
    return s / (s.max() * s.min()).sqrt()


def awq_scales(
    w: Tensor, x: Tensor, bits: int = 4, group: int = 128, grid: int = 20
) -> tuple[Tensor, float]:
    """w (d_out, d_in), x (..., d_in) -> s (d_in,) in float32, and its α."""
    w, x = w.float(), x.float().reshape(-1, x.shape[-1])
    importance = x.abs().mean(dim=0)  # (d_in,)
    exact = x @ w.T  # (tokens, d_out)

    def error(alpha: float) -> float:
        s = scales(importance, alpha)
        output = (x / s) @ fake_quantise(w * s, bits, group).T
        return (output - exact).square().mean().item()

    alphas = [k / grid for k in range(grid + 1)]
    best = min(alphas, key=error)  # the first of equal ones
    return scales(importance, best), best


def fold(
    gain: Tensor, w: Tensor, s: Tensor, bits: int = 4, group: int = 128
) -> tuple[Tensor, Tensor]:
    """The norm divides its output by s; the weight is rounded with s in it."""
    rounded = fake_quantise(w * s, bits, group)  # w * s is float32 at least
    return (gain / s).to(gain.dtype), rounded.to(w.dtype)
