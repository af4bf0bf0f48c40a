"""Softmax that does not overflow (Dao et al. 2022, FlashAttention, §3.1)."""

from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Turn each slice of `x` along `dim` into positive weights that sum to one.

    Shapes: x (...) -> (...), same dtype. A slice of only -inf gives NaN: there
    is nothing to choose from.
    """
    shifted = x - x.amax(dim=dim, keepdim=True)  # (...), maximum 0
    exponentials = shifted.exp()  # (...), in [0, 1]: no overflow
    return exponentials / exponentials.sum(dim=dim, keepdim=True)  # sum ≥ 1
