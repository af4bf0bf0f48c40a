import math

import torch
from torch import nn


class PositionalEncoding(nn.Module):
    """The table of the annotated versions: exp of a log, grown when needed."""

    def __init__(self, width, longest=4):
        super().__init__()
        self.width = width
        self.register_buffer("table", self.make(longest), persistent=False)

    def make(self, length):
        table = torch.zeros(length, self.width)
        position = torch.arange(length, dtype=torch.float).unsqueeze(1)
        rates = torch.exp(
            torch.arange(0, self.width, 2).float()
            * (-math.log(10000.0) / self.width)
        )
        table[:, 0::2] = torch.sin(position * rates)
        table[:, 1::2] = torch.cos(position * rates)
        return table

    def forward(self, x):
        if x.size(1) > len(self.table):
            self.table = self.make(x.size(1))
        return x + self.table[: x.size(1)]


class Attention(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.h = h
        self.W_q, self.W_k, self.W_v, self.W_o = (
            nn.Linear(d, d, bias=False) for _ in range(4)
        )

    def forward(self, q, k, v, blocked):
        B, T, d = q.shape

        def heads(x):
            return x.view(B, -1, self.h, d // self.h).transpose(1, 2)

        q, k, v = heads(self.W_q(q)), heads(self.W_k(k)), heads(self.W_v(v))
        s = q.matmul(k.transpose(2, 3)).div(math.sqrt(d // self.h))
        s = s.masked_fill(blocked.unsqueeze(1), torch.finfo(s.dtype).min)
        s = s - s.max(-1, keepdim=True).values
        w = s.exp() / s.exp().sum(-1, keepdim=True)
        return self.W_o(w.matmul(v).transpose(1, 2).contiguous().view(B, T, d))


class FFN(nn.Module):
    def __init__(self, d, inner):
        super().__init__()
        self.W_1, self.W_2 = nn.Linear(d, inner), nn.Linear(inner, d)

    def forward(self, x):
        return self.W_2(torch.clamp(self.W_1(x), min=0))


class Layer(nn.Module):
    def __init__(self, d, h, inner, crossing):
        super().__init__()
        self.self_attention = Attention(d, h)
        self.norm_1, self.norm_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        if crossing:
            self.cross_attention, self.norm_3 = Attention(d, h), nn.LayerNorm(d)
        self.feed_forward = FFN(d, inner)

    def forward(self, x, blocked, memory=None, memory_blocked=None):
        x = self.norm_1(x + self.self_attention(x, x, x, blocked))
        if memory is None:
            return self.norm_2(x + self.feed_forward(x))
        x = self.norm_2(
            x + self.cross_attention(x, memory, memory, memory_blocked)
        )
        return self.norm_3(x + self.feed_forward(x))


class Transformer(nn.Module):
    def __init__(
        self, vocab_size, d_model, num_heads, d_ff, num_layers, pad_id, bos_id
    ):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.positions = PositionalEncoding(d_model)
        self.encoder, self.decoder = (
            nn.ModuleList(
                [Layer(d_model, num_heads, d_ff, c) for _ in range(num_layers)]
            )
            for c in (False, True)
        )
        self.pad_id, self.bos_id, self.scale = (
            pad_id,
            bos_id,
            math.sqrt(d_model),
        )

    def encode(self, source):
        x = self.positions(self.scale * self.embedding(source))
        for layer in self.encoder:
            x = layer(x, source.eq(self.pad_id).unsqueeze(1))
        return x

    def forward(self, source, target):
        memory = self.encode(source)
        ids = target.new_zeros(target.shape)
        ids[:, 0] = self.bos_id
        ids[:, 1:] = target[:, :-1]
        pad = source.eq(self.pad_id).unsqueeze(1).expand(-1, ids.size(1), -1)
        future = torch.arange(ids.size(1)) > torch.arange(
            ids.size(1)
        ).unsqueeze(1)
        x = self.positions(self.scale * self.embedding(ids))
        for layer in self.decoder:
            x = layer(x, ids.eq(self.pad_id).unsqueeze(1) | future, memory, pad)
        return torch.matmul(x, self.embedding.weight.t())
