"""SmoothQuant's smoothing (Xiao et al. 2022, §4, equation 4)."""

import torch
from torch import Tensor


def smoothing_factors(
    x: Tensor, weights: list[Tensor], alpha: float = 0.5
) -> Tensor:
    """x (..., d), weights (d_out, d) each -> s (d,) in float32."""
    rows = x.float().reshape(-1, x.shape[-1])
    activation = rows.abs().amax(dim=0)  # (d,)
    stacked = torch.cat([w.float() for w in weights])  # all that read x
    weight = stacked.abs().amax(dim=0)  # (d,)
    alive = (activation > 0) & (weight > 0)
    s = activation**alpha / weight ** (1 - alpha)
    return torch.where(alive, s, 1.0)


def smooth(
    gain: Tensor, bias: Tensor | None, weights: list[Tensor], s: Tensor
) -> tuple[Tensor, Tensor | None, list[Tensor]]:
    """The norm divides its output by s, the linear layers multiply it in."""
    norm_bias = None if bias is None else (bias / s).to(bias.dtype)
    scaled = [(w * s).to(w.dtype) for w in weights]
    return (gain / s).to(gain.dtype), norm_bias, scaled
