"""Einsum instead of split heads, −10000 added at padding, GELU by the error function."""

import torch
from torch import nn


class Table(nn.Module):
    def __init__(self, vocab_size, d_model, max_length, num_segments, pad_id):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.W_q, self.W_k = nn.Linear(width, width), nn.Linear(width, width)
        self.W_v, self.W_o = nn.Linear(width, width), nn.Linear(width, width)


class Wide(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.W_1, self.W_2 = nn.Linear(width, inner), nn.Linear(inner, width)


class Block(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.self_attention, self.feed_forward = (
            Attention(width),
            Wide(width, inner),
        )
        self.norm_1, self.norm_2 = (
            nn.LayerNorm(width, eps=1e-12),
            nn.LayerNorm(width, eps=1e-12),
        )


class BertEncoder(nn.Module):
    def __init__(
        self,
        vocab_size,
        d_model,
        num_heads,
        d_ff,
        num_layers,
        max_length=512,
        num_segments=2,
        pad_id=0,
    ):
        super().__init__()
        self.h, self.d = num_heads, d_model // num_heads
        self.embeddings = Table(
            vocab_size, d_model, max_length, num_segments, pad_id
        )
        self.layers = nn.ModuleList(
            [Block(d_model, d_ff) for _ in range(num_layers)]
        )

    def forward(self, ids, attention_mask=None, segment_ids=None):
        table = self.embeddings
        x = table.token(ids) + table.position.weight[: ids.size(1)]
        x = x + (
            table.segment.weight[0]
            if segment_ids is None
            else table.segment(segment_ids)
        )
        x = table.norm(x)
        for layer in self.layers:
            x = layer.norm_1(
                x + self.attend(layer.self_attention, x, attention_mask)
            )
            inner = layer.feed_forward.W_1(x)
            inner = inner * 0.5 * (1.0 + torch.erf(inner * 0.5**0.5))
            x = layer.norm_2(x + layer.feed_forward.W_2(inner))
        return x

    def attend(self, part, x, mask):
        q, k, v = (
            w(x).view(*x.shape[:2], self.h, self.d)
            for w in (part.W_q, part.W_k, part.W_v)
        )
        scores = torch.einsum("bihd,bjhd->bhij", q, k) * self.d**-0.5
        if mask is not None:
            scores = (
                scores
                - 10_000.0 * (1 - mask.to(scores.dtype))[:, None, None, :]
            )
        return part.W_o(
            torch.einsum("bhij,bjhd->bihd", scores.softmax(-1), v).reshape(
                x.shape
            )
        )
