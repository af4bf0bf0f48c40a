"""Chunks of the MLP's output and a weighted sum in two parts."""

import torch
from torch import nn


class PrefixEncoder(nn.Module):
    def __init__(self, num_layers, num_heads, head_dim, length, hidden):
        super().__init__()
        width = num_heads * head_dim
        self.mlp = nn.Sequential(
            nn.Linear(width, hidden),
            nn.Tanh(),
            nn.Linear(hidden, 2 * num_layers * width),
        )
        self.prefix = nn.Parameter(torch.zeros(length, width))
        self.layers, self.heads = num_layers, num_heads

    def parts(self):
        chunks = self.mlp(self.prefix).chunk(2 * self.layers, dim=-1)
        return [
            torch.stack(chunk.chunk(self.heads, dim=-1)) for chunk in chunks
        ]

    def forward(self, batch):
        parts = [p[None].repeat(batch, 1, 1, 1) for p in self.parts()]
        return list(zip(parts[::2], parts[1::2], strict=True))

    @torch.no_grad()
    def bake(self):
        parts = self.parts()
        return torch.stack(
            [torch.stack(parts[2 * i : 2 * i + 2]) for i in range(self.layers)]
        )


def prefix_attention(q, k, v, prefix, mask=None):
    T, d = q.shape[-2:]
    future = torch.ones(T, T, dtype=torch.bool).triu(1)
    tokens = torch.einsum("bhqd,bhkd->bhqk", q, k) * d**-0.5
    tokens = tokens.masked_fill(future, float("-inf"))
    if mask is not None:
        tokens = tokens.masked_fill(~mask[:, None, None, :], float("-inf"))
    front = torch.einsum("bhqd,bhkd->bhqk", q, prefix[0]) * d**-0.5
    weights = torch.softmax(torch.cat((front, tokens), -1), -1)
    P = front.shape[-1]
    return weights[..., :P] @ prefix[1] + weights[..., P:] @ v
