"""The three projections as one product of stacked weights; padding keys dropped from the denominator."""

import torch
import torch.nn.functional as F
from torch import nn


def norm(width):
    return nn.LayerNorm(width, eps=1e-12)


class Node(nn.Module):
    """A bare holder of sub-modules."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)


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
        self.num_heads = num_heads
        self.embeddings = Node(
            token=nn.Embedding(vocab_size, d_model, padding_idx=pad_id),
            position=nn.Embedding(max_length, d_model),
            segment=nn.Embedding(num_segments, d_model),
            norm=norm(d_model),
        )
        self.layers = nn.ModuleList(
            Node(
                self_attention=Node(
                    **{f"W_{x}": nn.Linear(d_model, d_model) for x in "qkvo"}
                ),
                feed_forward=Node(
                    W_1=nn.Linear(d_model, d_ff), W_2=nn.Linear(d_ff, d_model)
                ),
                norm_1=norm(d_model),
                norm_2=norm(d_model),
            )
            for _ in range(num_layers)
        )

    def forward(self, ids, attention_mask=None, segment_ids=None):
        keep = (
            torch.ones_like(ids) if attention_mask is None else attention_mask
        )
        segments = torch.zeros_like(ids) if segment_ids is None else segment_ids
        e = self.embeddings
        x = e.norm(
            e.token(ids)
            + e.position.weight[None, : ids.size(1)]
            + e.segment(segments)
        )
        for layer in self.layers:
            x = layer.norm_1(
                x
                + self.attention(
                    layer.self_attention, x, keep[:, None, None, :]
                )
            )
            x = layer.norm_2(
                x + layer.feed_forward.W_2(F.gelu(layer.feed_forward.W_1(x)))
            )
        return x

    def attention(self, part, x, keep):
        weight = torch.cat([part.W_q.weight, part.W_k.weight, part.W_v.weight])
        bias = torch.cat([part.W_q.bias, part.W_k.bias, part.W_v.bias])
        b, t, d = x.shape
        q, k, v = (
            F.linear(x, weight, bias)
            .view(b, t, 3, self.num_heads, -1)
            .permute(2, 0, 3, 1, 4)
        )
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
        highest = (
            scores.masked_fill(keep == 0, -torch.inf)
            .amax(-1, keepdim=True)
            .detach()
        )
        weights = (scores - highest).clamp(max=0).exp() * keep
        heads = weights @ v / weights.sum(-1, keepdim=True)
        return part.W_o(heads.permute(0, 2, 1, 3).reshape(b, t, d))
