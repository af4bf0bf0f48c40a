"""GPTQ: round the weights column by column and let the columns to the right make up for the errors."""

from torch import Tensor


def hessian(x: Tensor, damping: float = 0.01) -> Tensor:
    """x (..., d_in) -> H (d_in, d_in) in float32, damped."""
    raise NotImplementedError


def gptq(w: Tensor, h: Tensor, scale: Tensor, bits: int = 4) -> Tensor:
    """w (d_out, d_in), h (d_in, d_in), scale (d_out, 1) -> q (d_out, d_in), int8."""
    raise NotImplementedError
