"""The BERT encoder (Devlin et al. 2018, §3): embeddings, post-norm layers."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

EPS = 1e-12  # of every LayerNorm in BERT


class BertEncoder(nn.Module):
    """Every token sees every other that is not padding."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        num_layers: int,
        max_length: int = 512,
        num_segments: int = 2,
        pad_id: int = 0,
    ):
        super().__init__()
        self.embeddings = Embeddings(
            vocab_size, d_model, max_length, num_segments, pad_id
        )
        self.layers = nn.ModuleList(
            Layer(d_model, num_heads, d_ff) for _ in range(num_layers)
        )

    def forward(
        self,
        ids: Tensor,
        attention_mask: Tensor | None = None,
        segment_ids: Tensor | None = None,
    ) -> Tensor:
        """Shapes: all arguments (B, T) -> (B, T, d_model)."""
        x = self.embeddings(ids, segment_ids)  # (B, T, d_model)
        if attention_mask is None:
            attention_mask = torch.ones_like(ids)
        # 0 where a key is real, hugely negative where it is padding
        hidden = 1.0 - attention_mask.to(x.dtype)
        bias = hidden[:, None, None, :] * torch.finfo(x.dtype).min
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Embeddings(nn.Module):
    """LayerNorm(token + position + segment), all three tables learned."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        max_length: int,
        num_segments: int,
        pad_id: int,
    ):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, eps=EPS)

    def forward(self, ids: Tensor, segment_ids: Tensor | None) -> Tensor:
        """Shapes: ids, segment_ids (B, T) -> (B, T, d_model)."""
        if segment_ids is None:
            segment_ids = torch.zeros_like(ids)
        positions = torch.arange(ids.size(1), device=ids.device)  # (T,)
        summed = (
            self.token(ids)
            + self.position(positions)
            + self.segment(segment_ids)
        )
        return self.norm(summed)


class Layer(nn.Module):
    """Self-attention, then feed-forward, each as LayerNorm(x + …)."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        self.self_attention = SelfAttention(d_model, num_heads)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_1 = nn.LayerNorm(d_model, eps=EPS)
        self.norm_2 = nn.LayerNorm(d_model, eps=EPS)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), bias (B, 1, 1, T) -> as x."""
        x = self.norm_1(x + self.self_attention(x, bias))
        return self.norm_2(x + self.feed_forward(x))


class SelfAttention(nn.Module):
    """Heads of width d_k lie side by side in each projection."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)
        self.W_v = nn.Linear(d_model, d_model)
        self.W_o = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), bias (B, 1, 1, T) -> as x."""
        q = self._split(self.W_q(x))  # (B, H, T, d_k)
        k = self._split(self.W_k(x))
        v = self._split(self.W_v(x))
        scores = q @ k.mT / math.sqrt(q.size(-1)) + bias  # (B, H, T, T)
        heads = scores.softmax(dim=-1) @ v  # (B, H, T, d_k)
        return self.W_o(heads.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)


class FeedForward(nn.Module):
    """Each position by itself, with the exact GELU."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.W_1 = nn.Linear(d_model, d_ff)
        self.W_2 = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        return self.W_2(functional.gelu(self.W_1(x)))
