"""Causal self-attention with a KV cache (Shazeer 2019, §2.4, with RoPE)."""

import math

import torch
from torch import Tensor, nn

Cache = tuple[Tensor, Tensor]  # rotated keys, values: each (B, H, S, d_k)


class CachedAttention(nn.Module):
    """Attends from the newest tokens to all so far.

    Keys and values of earlier tokens come from the cache.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(
        self, x: Tensor, cache: Cache | None = None
    ) -> tuple[Tensor, Cache]:
        """Shapes: x (B, T, d_model), cache of S tokens -> y (B, T, d_model).

        The cache that is returned holds S + T tokens; the old one stays valid.
        """
        past = 0 if cache is None else cache[0].size(-2)  # S
        positions = past + torch.arange(x.size(1), device=x.device)  # (T,)
        q = rope(self._split(self.W_q(x)), positions)  # (B, H, T, d_k)
        k = rope(self._split(self.W_k(x)), positions)
        v = self._split(self.W_v(x))
        if cache is not None:
            # a new tensor: another branch may go on from the old one
            k = torch.cat((cache[0], k), dim=-2)  # (B, H, S + T, d_k)
            v = torch.cat((cache[1], v), dim=-2)
        scores = q @ k.mT / math.sqrt(q.size(-1))  # (B, H, T, S + T)
        keys = torch.arange(k.size(-2), device=x.device)  # (S + T,)
        future = keys > positions[:, None]  # (T, S + T)
        weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
        heads = (weights @ v).transpose(1, 2)  # (B, T, H, d_k)
        return self.W_o(heads.flatten(2)), (k, v)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


def rope(x: Tensor, positions: Tensor) -> Tensor:
    """Rotate x (..., T, d_k) by integer positions (T,); given."""
    half = x.size(-1) // 2
    frequencies = 10000.0 ** (-torch.arange(half, device=x.device) / half)
    angles = positions[:, None] * frequencies  # (T, d_k/2)
    cos, sin = angles.cos(), angles.sin()
    first, second = x.chunk(2, dim=-1)
    rotated = first * cos - second * sin, first * sin + second * cos
    return torch.cat(rotated, dim=-1).to(x.dtype)
