import torch
import torch.nn.functional as F
from torch import nn


def attention(width):
    names = ("W_q", "W_k", "W_v", "W_o")
    return nn.ModuleDict({n: nn.Linear(width, width, False) for n in names})


def layer(width, inner, crossing):
    parts = {
        "self_attention": attention(width),
        "feed_forward": nn.ModuleDict(
            {"W_1": nn.Linear(width, inner), "W_2": nn.Linear(inner, width)}
        ),
    }
    if crossing:
        parts["cross_attention"] = attention(width)
    for i in range(3 if crossing else 2):
        parts[f"norm_{i + 1}"] = nn.LayerNorm(width)
    return nn.ModuleDict(parts)


class Transformer(nn.Module):
    """Layers hold weights only; everything is computed here, additively masked."""

    def __init__(
        self, vocab_size, d_model, num_heads, d_ff, num_layers, pad_id, bos_id
    ):
        super().__init__()
        self.decoder = nn.ModuleList(
            [layer(d_model, d_ff, True) for _ in range(num_layers)]
        )
        self.encoder = nn.ModuleList(
            [layer(d_model, d_ff, False) for _ in range(num_layers)]
        )
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.h, self.pad, self.bos = num_heads, pad_id, bos_id

    def forward(self, source, target):
        start = torch.full_like(target[:, :1], self.bos)
        given = torch.cat([start, target[:, :-1]], dim=1)
        blocked = torch.full((given.shape[1],) * 2, -1e30).triu(1)
        source_bias = torch.zeros(source.shape).masked_fill(
            source == self.pad, -1e30
        )
        given_bias = torch.zeros(given.shape).masked_fill(
            given == self.pad, -1e30
        )
        source_bias = source_bias[:, None, None]
        given_bias = torch.minimum(given_bias[:, None, None], blocked)
        m, x = self.read(source), self.read(given)
        for weights in self.encoder:
            m = self.step(weights, m, [("self_attention", None, source_bias)])
        for weights in self.decoder:
            looks = [
                ("self_attention", None, given_bias),
                ("cross_attention", m, source_bias),
            ]
            x = self.step(weights, x, looks)
        return F.linear(x, self.embedding.weight)

    def read(self, ids):
        d = self.embedding.embedding_dim
        p = torch.arange(ids.shape[1], dtype=torch.float64)
        table = torch.empty(ids.shape[1], d, dtype=torch.float64)
        for i in range(d // 2):
            table[:, 2 * i] = torch.sin(p * 10000 ** (-2 * i / d))
            table[:, 2 * i + 1] = torch.cos(p * 10000 ** (-2 * i / d))
        return self.embedding(ids) * d**0.5 + table.float()

    def step(self, weights, x, looks):
        for number, (name, memory, bias) in enumerate(looks, 1):
            other = x if memory is None else memory
            x = weights[f"norm_{number}"](
                x + self.attend(weights[name], x, other, bias)
            )
        inner = F.relu(weights["feed_forward"]["W_1"](x))
        return weights[f"norm_{len(looks) + 1}"](
            x + weights["feed_forward"]["W_2"](inner)
        )

    def attend(self, w, x, other, bias):
        B, T, d = x.shape
        q = w["W_q"](x).reshape(B, T, self.h, -1)
        k = w["W_k"](other).reshape(B, other.shape[1], self.h, -1)
        v = w["W_v"](other).reshape(B, other.shape[1], self.h, -1)
        s = torch.einsum("bthd,bshd->bhts", q, k) * (d // self.h) ** -0.5 + bias
        return w["W_o"](
            torch.einsum("bhts,bshd->bthd", s.softmax(-1), v).flatten(2)
        )
