"""The block of GPT-2 (Radford et al. 2019, §2.3): a pre-norm decoder layer."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class GPT2Block(nn.Module):
    """x + Attention(LayerNorm(x)), then x + MLP(LayerNorm(x)).

    The residual stream x itself is never normalised.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.ln_1 = nn.LayerNorm(d_model)
        self.attn = CausalSelfAttention(d_model, num_heads)
        self.ln_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class CausalSelfAttention(nn.Module):
    """Queries, keys and values of all heads come from one projection."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.c_attn = nn.Linear(d_model, 3 * d_model)
        self.c_proj = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        q, k, v = self.c_attn(x).chunk(3, dim=-1)  # each (B, T, d_model)
        q, k, v = self._split(q), self._split(k), self._split(v)
        scores = q @ k.mT / math.sqrt(q.size(-1))  # (B, H, T, T)
        future = torch.ones_like(scores, dtype=torch.bool).triu(1)
        weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
        heads = weights @ v  # (B, H, T, d_k)
        return self.c_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


class MLP(nn.Module):
    """Four times as wide inside, with GELU in its tanh form."""

    def __init__(self, d_model: int):
        super().__init__()
        self.c_fc = nn.Linear(d_model, 4 * d_model)
        self.c_proj = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        hidden = functional.gelu(self.c_fc(x), approximate="tanh")
        return self.c_proj(hidden)
