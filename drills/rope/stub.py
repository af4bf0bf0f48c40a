from torch import Tensor


def rope_frequencies(head_width: int, base: float = 10000.0) -> Tensor:
    """Width d of one head -> radians per position of each pair, float32 (d/2,)."""
    raise NotImplementedError


def rope(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """x (..., T, d), integer positions that broadcast to (..., T) -> (..., T, d) in the dtype of x."""
    raise NotImplementedError
