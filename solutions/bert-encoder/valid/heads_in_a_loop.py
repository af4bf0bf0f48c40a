"""One head after another, −inf by masked_fill, softmax in float32."""

import torch
import torch.nn.functional as F
from torch import nn


class Embeddings(nn.Module):
    def __init__(self, vocab_size, d_model, max_length, num_segments, pad_id):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, 1e-12)
        self.register_buffer(
            "places", torch.arange(max_length), persistent=False
        )

    def forward(self, ids, segment_ids=None):
        segment_ids = ids * 0 if segment_ids is None else segment_ids
        places = self.position(self.places[: ids.shape[1]])
        return self.norm(self.segment(segment_ids) + places + self.token(ids))


class Attention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.num_heads = num_heads
        for name in ("W_q", "W_k", "W_v", "W_o"):
            setattr(self, name, nn.Linear(d_model, d_model))

    def forward(self, x, padding):
        queries, keys, values = self.W_q(x), self.W_k(x), self.W_v(x)
        outputs = []
        for q, k, v in zip(
            *(y.chunk(self.num_heads, -1) for y in (queries, keys, values))
        ):
            scores = torch.bmm(q, k.transpose(1, 2)) / q.shape[-1] ** 0.5
            if padding is not None:
                scores = scores.masked_fill(padding[:, None, :], float("-inf"))
            wide = torch.promote_types(scores.dtype, torch.float32)
            outputs.append(
                torch.bmm(scores.softmax(-1, dtype=wide).to(v.dtype), v)
            )
        return self.W_o(torch.cat(outputs, -1))


class FeedForward(nn.Sequential):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.W_1 = nn.Linear(d_model, d_ff)
        self.activation = nn.GELU()
        self.W_2 = nn.Linear(d_ff, d_model)


class Layer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.self_attention = Attention(d_model, num_heads)
        self.norm_1 = nn.LayerNorm(d_model, 1e-12)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_2 = nn.LayerNorm(d_model, 1e-12)

    def forward(self, x, padding):
        attended = self.self_attention(x, padding)
        attended += x
        x = self.norm_1(attended)
        return self.norm_2(self.feed_forward(x) + x)


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
        self.embeddings = Embeddings(
            vocab_size, d_model, max_length, num_segments, pad_id
        )
        self.layers = nn.ModuleList()
        for _ in range(num_layers):
            self.layers.append(Layer(d_model, num_heads, d_ff))

    def forward(self, ids, attention_mask=None, segment_ids=None):
        padding = None if attention_mask is None else attention_mask == 0
        x = self.embeddings(ids, segment_ids)
        for layer in self.layers:
            x = layer(x, padding)
        return F.dropout(x, 0.0)
