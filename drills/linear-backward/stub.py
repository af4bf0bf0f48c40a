from torch import Tensor


def linear_forward(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """x (..., d_in), weight (d_out, d_in), bias (d_out,) -> (..., d_out)."""
    raise NotImplementedError


def linear_backward(grad_output: Tensor, x: Tensor, weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """grad_output (..., d_out) -> gradients of x (..., d_in), weight (d_out, d_in) and bias (d_out,)."""
    raise NotImplementedError
