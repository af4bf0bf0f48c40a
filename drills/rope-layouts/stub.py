from torch import Tensor


def rope_interleaved(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """x (..., T, d), positions (T,) -> (..., T, d); components 2i and 2i + 1 are a pair."""
    raise NotImplementedError


def rope_half_split(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """x (..., T, d), positions (T,) -> (..., T, d); components i and i + d/2 are a pair."""
    raise NotImplementedError


def interleaved_to_half_split(weight: Tensor, num_heads: int) -> Tensor:
    """(num_heads * d, d_model) or (num_heads * d,) -> the same rows in another order."""
    raise NotImplementedError


def half_split_to_interleaved(weight: Tensor, num_heads: int) -> Tensor:
    """The way back."""
    raise NotImplementedError
