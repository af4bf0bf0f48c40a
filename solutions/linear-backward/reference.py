"""A linear layer and its gradients (Goodfellow et al. 2016, §6.5.6)."""

from torch import Tensor


def linear_forward(
    x: Tensor, weight: Tensor, bias: Tensor | None = None
) -> Tensor:
    """y = x·Wᵀ + b.

    Shapes: x (..., d_in), weight (d_out, d_in), bias (d_out,) -> (..., d_out).
    """
    y = x @ weight.T  # (..., d_out)
    return y if bias is None else y + bias


def linear_backward(
    grad_output: Tensor, x: Tensor, weight: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of x, weight and bias from the gradient of y.

    Shapes: grad_output (..., d_out), x (..., d_in), weight (d_out, d_in)
    -> (..., d_in), (d_out, d_in), (d_out,).
    """
    rows = x.reshape(-1, x.size(-1))  # (N, d_in)
    grads = grad_output.reshape(-1, grad_output.size(-1))  # (N, d_out)
    grad_x = grad_output @ weight  # (..., d_in)
    grad_weight = grads.T @ rows  # (d_out, d_in), summed over N
    grad_bias = grads.sum(dim=0)  # (d_out,)
    return grad_x, grad_weight, grad_bias
