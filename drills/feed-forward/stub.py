from torch import Tensor, nn


class FeedForward(nn.Module):
    """The position-wise feed-forward layer with ReLU."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError


class SwiGLU(nn.Module):
    """The gated feed-forward layer of LLaMA."""

    def __init__(self, d_model: int, multiple_of: int = 256):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError
