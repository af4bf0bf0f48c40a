"""AWQ: search the scales that protect the weights behind large activations."""

from torch import Tensor


def fake_quantise(w: Tensor, bits: int = 4, group: int = 128) -> Tensor:
    """w (d_out, d_in) -> the rounded values, in the dtype of w."""
    raise NotImplementedError


def awq_scales(w: Tensor, x: Tensor, bits: int = 4, group: int = 128, grid: int = 20) -> tuple[Tensor, float]:
    """w (d_out, d_in), x (..., d_in) -> s (d_in,) in float32, α."""
    raise NotImplementedError


def fold(gain: Tensor, w: Tensor, s: Tensor, bits: int = 4, group: int = 128) -> tuple[Tensor, Tensor]:
    """New gain (d_in,) and the rounded weight (d_out, d_in)."""
    raise NotImplementedError
