"""The attention of Qwen3 (Yang et al. 2025, §2): GQA, RoPE and QK-norm."""

import math

import torch
from torch import Tensor, nn


class Qwen3Attention(nn.Module):
    """Causal grouped-query attention over q and k of standard length."""

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        num_kv_heads: int,
        head_dim: int,
        eps: float = 1e-6,
    ):
        super().__init__()
        self.head_dim = head_dim
        width, kv_width = num_heads * head_dim, num_kv_heads * head_dim
        self.q_proj = nn.Linear(d_model, width, bias=False)
        self.k_proj = nn.Linear(d_model, kv_width, bias=False)
        self.v_proj = nn.Linear(d_model, kv_width, bias=False)
        self.o_proj = nn.Linear(width, d_model, bias=False)
        self.q_norm = RMSNorm(head_dim, eps)
        self.k_norm = RMSNorm(head_dim, eps)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), cos, sin (T, d/2) -> (B, T, d_model)."""
        q = self.q_norm(self._split(self.q_proj(x)))  # (B, H, T, d)
        k = self.k_norm(self._split(self.k_proj(x)))  # (B, G, T, d)
        v = self._split(self.v_proj(x))  # (B, G, T, d)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        heads = grouped_attention(q, k, v)  # (B, H, T, d)
        return self.o_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, heads·d) -> (B, heads, T, d)."""
        return x.unflatten(-1, (-1, self.head_dim)).transpose(1, 2)


class RMSNorm(nn.Module):
    """x / √(mean(x²) + ε) · weight over the last axis."""

    def __init__(self, width: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., width) -> (..., width)."""
        wide = x.float()  # squares lose too much in half precision
        mean_square = wide.square().mean(dim=-1, keepdim=True)
        normalised = wide * torch.rsqrt(mean_square + self.eps)
        return normalised.to(x.dtype) * self.weight


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """RoPE: turn pair (x_j, x_{j+d/2}) by the angle of its position.

    Shapes: x (..., T, d), cos and sin (T, d/2) -> (..., T, d).
    """
    a, b = x.chunk(2, dim=-1)  # each (..., T, d/2)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def grouped_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention; query head i reads KV head i // (H / G).

    Shapes: q (B, H, T, d), k and v (B, G, T, d) -> (B, H, T, d).
    """
    q = q.unflatten(1, (k.size(1), -1))  # (B, G, H/G, T, d)
    scores = torch.einsum("bghqd,bgkd->bghqk", q, k) / math.sqrt(q.size(-1))
    future = torch.ones_like(scores, dtype=torch.bool).triu(1)
    weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
    return torch.einsum("bghqk,bgkd->bghqd", weights, v).flatten(1, 2)
