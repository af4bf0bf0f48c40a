import torch
from torch import Tensor, nn


class CachedAttention(nn.Module):
    """W_q, W_k, W_v, W_o without bias."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (B, T, d_model), cache of S tokens -> y (B, T, d_model), cache of S + T tokens."""
        raise NotImplementedError


def rope(x: Tensor, positions: Tensor) -> Tensor:
    """Given: rotates x (..., T, d_k) by integer positions (T,), in the dtype of x."""
    half = x.size(-1) // 2
    frequencies = 10000.0 ** (-torch.arange(half, device=x.device) / half)
    angles = positions[:, None] * frequencies
    cos, sin = angles.cos(), angles.sin()
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, first * sin + second * cos), dim=-1).to(x.dtype)
