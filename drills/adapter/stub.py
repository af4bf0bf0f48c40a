from typing import Any

from torch import Tensor, nn


class Adapter(nn.Module):
    """A bottleneck with a skip connection, near the identity at the start."""

    def __init__(self, d_model: int, bottleneck: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, h: Tensor) -> Tensor:
        """h (..., d_model) -> (..., d_model)."""
        raise NotImplementedError


class AdaptedSublayer(nn.Module):
    """A frozen sub-layer of a post-norm Transformer with an adapter before the residual sum."""

    def __init__(self, sublayer: nn.Module, norm: nn.LayerNorm, bottleneck: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, **arguments: Any) -> Tensor:
        """x (..., d_model) -> (..., d_model)."""
        raise NotImplementedError
