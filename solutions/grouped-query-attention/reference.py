"""Grouped-query attention (Ainslie et al. 2023, §2.2)."""

import math

import torch
from torch import Tensor, nn


def grouped_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention in which the heads of a group read one KV head.

    Shapes: q (B, H, T, d_k), k and v (B, G, S, d_k) -> (B, H, T, d_k). The
    queries stand at the last T of the S positions.
    """
    q = q.unflatten(1, (k.size(1), -1))  # (B, G, g, T, d_k), g = H / G
    # matmul would copy k and v for every member of a group; einsum does not
    scores = torch.einsum("bghqd,bgkd->bghqk", q, k)  # (B, G, g, T, S)
    scores = scores / math.sqrt(q.size(-1))
    past = k.size(-2) - q.size(-2)  # S − T
    future = torch.ones_like(scores, dtype=torch.bool).triu(past + 1)
    weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
    heads = torch.einsum("bghqk,bgkd->bghqd", weights, v)  # (B, G, g, T, d_k)
    return heads.flatten(1, 2)


class GroupedQueryAttention(nn.Module):
    """H query heads, G key/value heads; G = 1 is MQA, G = H is MHA."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        super().__init__()
        if num_heads % num_kv_heads:
            raise ValueError(f"{num_heads} heads in {num_kv_heads} groups")
        self.d_k = d_model // num_heads
        kv_width = num_kv_heads * self.d_k
        self.q_proj = nn.Linear(d_model, d_model, bias=False)
        self.k_proj = nn.Linear(d_model, kv_width, bias=False)
        self.v_proj = nn.Linear(d_model, kv_width, bias=False)
        self.o_proj = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        q = self._split(self.q_proj(x))  # (B, H, T, d_k)
        k = self._split(self.k_proj(x))  # (B, G, T, d_k)
        v = self._split(self.v_proj(x))  # (B, G, T, d_k)
        heads = grouped_attention(q, k, v)  # (B, H, T, d_k)
        return self.o_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, heads·d_k) -> (B, heads, T, d_k)."""
        return x.unflatten(-1, (-1, self.d_k)).transpose(1, 2)
