from torch import Tensor


def zero3_linear(x: Tensor, shard: Tensor, shape: tuple[int, int]) -> Tensor:
    """Own rows x (..., d_in), own part of the flat weight (⌈d_out·d_in / n⌉,) -> x·Wᵀ (..., d_out)."""
    raise NotImplementedError
