"""Causal multi-head self-attention, as in GPT-2 (Radford et al. 2019, §2.3)."""

import math

import torch
from torch import Tensor, nn


class CausalSelfAttention(nn.Module):
    """Every position attends to itself and to those before it.

    One projection gives q, k and v of all heads.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.c_attn = nn.Linear(d_model, 3 * d_model)
        self.c_proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model) -> (B, T, d_model)."""
        q, k, v = map(self._split, self.c_attn(x).chunk(3, dim=-1))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))  # (B, H, T, T)
        T = x.size(1)
        future = torch.ones(T, T, dtype=torch.bool, device=x.device).triu(1)
        # -inf is safe: a token sees itself, so no row is empty
        scores = scores.masked_fill(future, float("-inf"))
        heads = scores.softmax(dim=-1) @ v  # (B, H, T, d_k)
        merged = heads.transpose(1, 2).flatten(2)  # (B, T, d_model)
        return self.c_proj(merged)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
