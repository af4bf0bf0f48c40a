"""log Σ exp and log-softmax without overflow (Blanchard et al. 2019, §1–2)."""

import math

from torch import Tensor


def logsumexp(x: Tensor, dim: int = -1, keepdim: bool = False) -> Tensor:
    """The logarithm of Σ exp(x) along `dim`, a smooth maximum.

    Shapes: x (...) -> (...) without `dim`, or with size 1 there if `keepdim`.
    A slice of only -inf gives -inf, the logarithm of zero.
    """
    shift, log_total = _shifted(x, dim)  # both with size 1 at `dim`
    result = shift + log_total
    return result if keepdim else result.squeeze(dim)


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Logarithms of positive weights that sum to one along `dim`.

    Shapes: x (...) -> (...), same dtype. A slice of only -inf gives NaN.
    """
    shift, log_total = _shifted(x, dim)
    # x − shift is small where it matters: nothing cancels
    return x - shift - log_total


def _shifted(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """The maximum c of each slice, and log Σ exp(x − c), which is ≥ 0."""
    shift = x.amax(dim=dim, keepdim=True)
    # −∞ − (−∞) would be NaN, though the sum is a plain zero
    shift = shift.masked_fill(shift == -math.inf, 0.0)
    return shift, (x - shift).exp().sum(dim=dim, keepdim=True).log()
