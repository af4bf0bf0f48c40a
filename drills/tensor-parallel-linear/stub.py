from torch import Tensor


def column_parallel_linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Whole x (..., d_in), own weight (d_out/n, d_in), own bias (d_out/n,) -> own part (..., d_out/n)."""
    raise NotImplementedError


def row_parallel_linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Own part of x (..., d_in/n), own weight (d_out, d_in/n), whole bias (d_out,) -> whole (..., d_out)."""
    raise NotImplementedError
