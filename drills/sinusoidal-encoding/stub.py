from torch import Tensor


def sinusoidal_encoding(length: int, d_model: int) -> Tensor:
    """Number of positions and width of the model -> float32 table (length, d_model)."""
    raise NotImplementedError
