"""Multi-head attention (Vaswani et al. 2017, §3.2.2)."""

import math

import torch
from torch import Tensor, nn


class MultiHeadAttention(nn.Module):
    """Heads that attend side by side, each in its own subspace.

    The width of each is d_k = d_model / num_heads.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"{d_model=} is not divisible by {num_heads=}")
        self.num_heads = num_heads
        # the projections of all heads side by side: rows h*d_k to (h+1)*d_k
        # of a weight belong to head h
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        mask: Tensor | None = None,
    ) -> Tensor:
        """Attend from `query` to `key` and `value`.

        Shapes: query (B, T_q, d_model), key and value (B, T_k, d_model)
        -> (B, T_q, d_model). `mask` broadcasts to (B, T_q, T_k) and counts for
        every head; True = may attend.
        """
        q = self._split(self.W_q(query))  # (B, H, T_q, d_k)
        k = self._split(self.W_k(key))  # (B, H, T_k, d_k)
        v = self._split(self.W_v(value))  # (B, H, T_k, d_k)
        if mask is not None:
            mask = mask.unsqueeze(-3)  # (B, 1, T_q, T_k), for all heads
        heads = attention(q, k, v, mask)  # (B, H, T_q, d_k)
        # (B, T_q, H * d_k), the heads side by side again
        merged = heads.transpose(1, 2).flatten(2)
        return self.W_o(merged)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k).

        Cut the width first, then move the heads forward.
        """
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


def attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None
) -> Tensor:
    """Scaled dot-product attention over the last two axes.

    A query that may attend to nothing gives zeros.
    """
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))  # (..., T_q, T_k)
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)  # (..., T_q, T_k)
    if mask is not None:
        # changes only the rows that may attend to nothing
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v  # (..., T_q, d_k)
