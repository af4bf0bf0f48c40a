"""SmoothQuant: move the outliers of the activations into the weights."""

from torch import Tensor


def smoothing_factors(x: Tensor, weights: list[Tensor], alpha: float = 0.5) -> Tensor:
    """x (..., d), weights (d_out, d) each -> s (d,) in float32."""
    raise NotImplementedError


def smooth(
    gain: Tensor, bias: Tensor | None, weights: list[Tensor], s: Tensor
) -> tuple[Tensor, Tensor | None, list[Tensor]]:
    """New gain, new bias (or None) and new weights."""
    raise NotImplementedError
