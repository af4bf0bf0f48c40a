"""The attention of Qwen2 (Yang et al. 2024, §2.2)."""

import math

import torch
from torch import Tensor, nn


class Qwen2Attention(nn.Module):
    """Causal grouped-query attention; q, k and v have biases, o has none."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        super().__init__()
        self.d_k = d_model // num_heads
        kv_width = num_kv_heads * self.d_k
        self.q_proj = nn.Linear(d_model, d_model)
        self.k_proj = nn.Linear(d_model, kv_width)
        self.v_proj = nn.Linear(d_model, kv_width)
        self.o_proj = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), cos, sin (T, d_k/2) -> (B, T, d_model)."""
        q = rotate(self._split(self.q_proj(x)), cos, sin)  # (B, H, T, d_k)
        k = rotate(self._split(self.k_proj(x)), cos, sin)  # (B, G, T, d_k)
        v = self._split(self.v_proj(x))  # (B, G, T, d_k)
        heads = grouped_attention(q, k, v)  # (B, H, T, d_k)
        return self.o_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, heads·d_k) -> (B, heads, T, d_k)."""
        return x.unflatten(-1, (-1, self.d_k)).transpose(1, 2)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """RoPE: turn pair (x_j, x_{j+d/2}) by the angle of its position.

    Shapes: x (..., T, d), cos and sin (T, d/2) -> (..., T, d).
    """
    a, b = x.chunk(2, dim=-1)  # each (..., T, d/2)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def grouped_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention; query head i reads KV head i // (H / G).

    Shapes: q (B, H, T, d_k), k and v (B, G, T, d_k) -> (B, H, T, d_k).
    """
    q = q.unflatten(1, (k.size(1), -1))  # (B, G, H/G, T, d_k)
    scores = torch.einsum("bghqd,bgkd->bghqk", q, k) / math.sqrt(q.size(-1))
    future = torch.ones_like(scores, dtype=torch.bool).triu(1)
    weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
    return torch.einsum("bghqk,bgkd->bghqd", weights, v).flatten(1, 2)
