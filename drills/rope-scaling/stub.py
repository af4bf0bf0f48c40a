from torch import Tensor


def linear_frequencies(head_width: int, factor: float, base: float = 10000.0) -> Tensor:
    """Width d of a head, factor s -> frequencies (d/2,), float32."""
    raise NotImplementedError


def ntk_frequencies(head_width: int, factor: float, base: float = 10000.0) -> Tensor:
    """Width d of a head, factor s -> frequencies (d/2,), float32."""
    raise NotImplementedError


def yarn_frequencies(
    head_width: int,
    factor: float,
    original_length: int,
    base: float = 10000.0,
    fast: float = 32,
    slow: float = 1,
) -> tuple[Tensor, float]:
    """Width d, factor s, trained length L -> frequencies (d/2,), float32, and the attention factor."""
    raise NotImplementedError
