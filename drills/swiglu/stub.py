from torch import Tensor, nn


def hidden_width(d_model: int, multiple_of: int = 256, multiplier: float = 1.0) -> int:
    """d_ff of LLaMA: two thirds of 4·d_model, times multiplier, rounded up to a multiple."""
    raise NotImplementedError


class SwiGLU(nn.Module):
    """gate_proj, up_proj, down_proj without bias."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError
