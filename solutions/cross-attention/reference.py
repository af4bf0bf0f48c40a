"""Encoder-decoder attention (Vaswani et al. 2017, §3.2.3)."""

import math

import torch
from torch import Tensor, nn


class CrossAttention(nn.Module):
    """Every position of x looks something up in the memory.

    The memory may have a length and a width of its own.
    """

    def __init__(self, d_model: int, d_memory: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_memory, d_model, bias=False)
        self.W_v = nn.Linear(d_memory, d_model, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(
        self, x: Tensor, memory: Tensor, memory_mask: Tensor | None = None
    ) -> Tensor:
        """Shapes: x (B, T, d_model), memory (B, S, d_memory) -> x's shape.

        `memory_mask` (B, S), True = a real token. A memory without any gives
        zeros.
        """
        q = self._split(self.W_q(x))  # (B, H, T, d_k)
        k = self._split(self.W_k(memory))  # (B, H, S, d_k)
        v = self._split(self.W_v(memory))  # (B, H, S, d_k)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))  # (B, H, T, S)
        if memory_mask is not None:
            padding = ~memory_mask[:, None, None]  # (B, 1, 1, S)
            # the lowest finite number: softmax of a row of -inf is NaN
            scores = scores.masked_fill(padding, torch.finfo(scores.dtype).min)
        weights = scores.softmax(dim=-1)
        if memory_mask is not None:
            # changes only what has no real token to attend to
            weights = weights.masked_fill(padding, 0.0)
        heads = weights @ v  # (B, H, T, d_k)
        return self.W_o(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, length, d_model) -> (B, H, length, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
