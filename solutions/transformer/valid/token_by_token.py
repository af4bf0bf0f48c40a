import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        for name in ("W_q", "W_k", "W_v", "W_o"):
            setattr(self, name, nn.Linear(d, d, bias=False))
        self.h = h

    def forward(self, x, memory, seen):
        """x (T, d), memory (S, d); seen[t]: the keys that query t is given."""
        d_k = x.shape[1] // self.h
        q, k, v = self.W_q(x), self.W_k(memory), self.W_v(memory)
        rows = []
        for t, keys in enumerate(seen):
            parts = []
            for h in range(self.h):
                c = slice(h * d_k, (h + 1) * d_k)
                w = F.softmax(k[keys, c] @ q[t, c] / d_k**0.5, dim=0)
                parts.append(w @ v[keys, c])
            rows.append(torch.cat(parts))
        return self.W_o(torch.stack(rows))


class Transformer(nn.Module):
    """No masks: every query is given the keys that it may see."""

    def __init__(
        self, vocab_size, d_model, num_heads, d_ff, num_layers, pad_id, bos_id
    ):
        super().__init__()
        self.pad, self.bos = pad_id, bos_id
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.encoder, self.decoder = nn.ModuleList(), nn.ModuleList()
        for stack in (self.encoder, self.decoder):
            for _ in range(num_layers):
                layer = nn.Module()
                layer.self_attention = Attention(d_model, num_heads)
                layer.norm_1, layer.norm_2 = (
                    nn.LayerNorm(d_model),
                    nn.LayerNorm(d_model),
                )
                if stack is self.decoder:
                    layer.cross_attention = Attention(d_model, num_heads)
                    layer.norm_3 = nn.LayerNorm(d_model)
                layer.feed_forward = nn.Module()
                layer.feed_forward.W_1 = nn.Linear(d_model, d_ff)
                layer.feed_forward.W_2 = nn.Linear(d_ff, d_model)
                stack.append(layer)

    def forward(self, source, target):
        return torch.stack([self.one(s, t) for s, t in zip(source, target)])

    def one(self, source, target):
        given = torch.tensor([self.bos, *target[:-1].tolist()])
        real = [
            j for j, token in enumerate(source.tolist()) if token != self.pad
        ]
        past = [
            [j for j in range(t + 1) if int(given[j]) != self.pad]
            for t in range(len(given))
        ]
        m, x = self.read(source), self.read(given)
        for layer in self.encoder:
            m = layer.norm_1(m + layer.self_attention(m, m, [real] * len(m)))
            m = layer.norm_2(m + self.ffn(layer, m))
        for layer in self.decoder:
            x = layer.norm_1(x + layer.self_attention(x, x, past))
            x = layer.norm_2(x + layer.cross_attention(x, m, [real] * len(x)))
            x = layer.norm_3(x + self.ffn(layer, x))
        return x @ self.embedding.weight.mT

    def ffn(self, layer, x):
        return layer.feed_forward.W_2(layer.feed_forward.W_1(x).clamp_min(0))

    def read(self, ids):
        vectors = self.embedding.weight[ids]
        d = vectors.shape[1]
        column = torch.arange(d)
        angle = torch.arange(len(ids))[:, None] * 10000.0 ** -(
            column // 2 * 2 / d
        )
        phase = (column % 2) * torch.pi / 2
        return vectors * d**0.5 + torch.sin(angle + phase)
