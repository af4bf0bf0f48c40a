"""The Transformer, an encoder and a decoder (Vaswani et al. 2017, §3)."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Transformer(nn.Module):
    """Logits of the target's tokens, given the source and the tokens before.

    One embedding matrix serves source, target and output (§3.4).
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        num_layers: int,
        pad_id: int,
        bos_id: int,
    ):
        super().__init__()
        self.pad_id, self.bos_id = pad_id, bos_id
        self.embedding = nn.Embedding(vocab_size, d_model)
        sizes = (d_model, num_heads, d_ff)
        self.encoder = nn.ModuleList(
            EncoderLayer(*sizes) for _ in range(num_layers)
        )
        self.decoder = nn.ModuleList(
            DecoderLayer(*sizes) for _ in range(num_layers)
        )

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Shapes: source (B, S), target (B, T) -> (B, T, vocab_size)."""
        # the decoder reads the target one step late: bos, y_1, ..., y_(T-1)
        shifted = F.pad(target[:, :-1], (1, 0), value=self.bos_id)
        source_mask = (source != self.pad_id)[:, None]  # (B, 1, S)
        target_mask = (shifted != self.pad_id)[:, None]  # (B, 1, T)
        T = target.size(1)
        past = torch.ones(T, T, dtype=torch.bool, device=target.device).tril()

        memory = self._embed(source)  # (B, S, d_model)
        for layer in self.encoder:
            memory = layer(memory, source_mask)
        x = self._embed(shifted)  # (B, T, d_model)
        for layer in self.decoder:
            x = layer(x, memory, target_mask & past, source_mask)
        return x @ self.embedding.weight.T

    def _embed(self, ids: Tensor) -> Tensor:
        """(B, length) -> (B, length, d_model), with positions (§3.4, §3.5)."""
        x = self.embedding(ids)
        d_model = x.size(-1)
        return x * math.sqrt(d_model) + sinusoids(ids.size(1), d_model).to(x)


class EncoderLayer(nn.Module):
    """Self-attention, feed-forward; LayerNorm(x + Sublayer(x)) (§3.1)."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        self.self_attention = MultiHeadAttention(d_model, num_heads)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_1 = nn.LayerNorm(d_model)
        self.norm_2 = nn.LayerNorm(d_model)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Shapes: x (B, S, d_model), mask (B, 1, S) -> (B, S, d_model)."""
        x = self.norm_1(x + self.self_attention(x, x, mask))
        return self.norm_2(x + self.feed_forward(x))


class DecoderLayer(nn.Module):
    """The same with attention to the encoder's output in between (§3.1)."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        self.self_attention = MultiHeadAttention(d_model, num_heads)
        self.cross_attention = MultiHeadAttention(d_model, num_heads)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_1 = nn.LayerNorm(d_model)
        self.norm_2 = nn.LayerNorm(d_model)
        self.norm_3 = nn.LayerNorm(d_model)

    def forward(
        self, x: Tensor, memory: Tensor, mask: Tensor, memory_mask: Tensor
    ) -> Tensor:
        """Shapes: x (B, T, d_model), memory (B, S, d_model) -> x's shape."""
        x = self.norm_1(x + self.self_attention(x, x, mask))
        x = self.norm_2(x + self.cross_attention(x, memory, memory_mask))
        return self.norm_3(x + self.feed_forward(x))


class MultiHeadAttention(nn.Module):
    """Attention of x to a memory, which may be x itself (§3.2.2)."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), memory (B, S, d_model) -> x's shape.

        `mask` broadcasts to (B, T, S); True = may attend.
        """
        q = self._split(self.W_q(x))  # (B, H, T, d_k)
        k = self._split(self.W_k(memory))  # (B, H, S, d_k)
        v = self._split(self.W_v(memory))  # (B, H, S, d_k)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))  # (B, H, T, S)
        # no row is empty: there is a real source token, and bos in the target
        scores = scores.masked_fill(~mask[:, None], float("-inf"))
        heads = scores.softmax(dim=-1) @ v  # (B, H, T, d_k)
        return self.W_o(heads.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        """(B, length, d_model) -> (B, H, length, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


class FeedForward(nn.Module):
    """max(0, x·W₁ + b₁)·W₂ + b₂, the same for every position (§3.3)."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.W_1 = nn.Linear(d_model, d_ff)
        self.W_2 = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        return self.W_2(self.W_1(x).relu())


def sinusoids(length: int, d_model: int) -> Tensor:
    """Sine and cosine of each position, column by column in turn (§3.5)."""
    i = torch.arange(0, d_model, 2) / d_model  # (d_model / 2,)
    angles = torch.arange(length)[:, None] / 10000**i  # (length, d_model / 2)
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)
