"""A Transformer encoder layer, post-norm as in Vaswani et al. 2017, §3.1."""

import math

import torch
from torch import Tensor, nn


class EncoderLayer(nn.Module):
    """Self-attention, then feed-forward.

    Around each of the two is LayerNorm(x + Sublayer(x)).
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        self.self_attention = MultiHeadAttention(d_model, num_heads)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_1 = nn.LayerNorm(d_model)
        self.norm_2 = nn.LayerNorm(d_model)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Shapes: x (B, T, d_model) -> (B, T, d_model).

        `mask` broadcasts to (B, T, T); True = may attend.
        """
        # (B, T, d_model), across positions
        x = self.norm_1(x + self.self_attention(x, x, x, mask))
        # (B, T, d_model), each position alone
        return self.norm_2(x + self.feed_forward(x))


class MultiHeadAttention(nn.Module):
    """Heads of width d_k = d_model / num_heads (§3.2.2).

    They lie side by side in the columns of each projection.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
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
        -> (B, T_q, d_model).
        """
        q = self._split(self.W_q(query))  # (B, H, T_q, d_k)
        k = self._split(self.W_k(key))  # (B, H, T_k, d_k)
        v = self._split(self.W_v(value))  # (B, H, T_k, d_k)
        if mask is not None:
            mask = mask.unsqueeze(-3)  # (B, 1, T_q, T_k), for all heads
        heads = attention(q, k, v, mask)  # (B, H, T_q, d_k)
        return self.W_o(heads.transpose(1, 2).flatten(2))  # (B, T_q, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


class FeedForward(nn.Module):
    """max(0, x·W₁ + b₁)·W₂ + b₂, the same for every position (§3.3)."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.W_1 = nn.Linear(d_model, d_ff)
        self.W_2 = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        return self.W_2(self.W_1(x).relu())  # (..., d_ff) in between


def attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None
) -> Tensor:
    """Scaled dot-product attention over the last two axes (§3.2.1).

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
