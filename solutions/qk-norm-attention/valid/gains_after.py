import math

import torch
from torch import nn


class Gain(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))


class Qwen3Attention(nn.Module):
    """Gain, rotation, scores; the lengths divide the scores at the end."""

    def __init__(self, d_model, num_heads, num_kv_heads, head_dim, eps=1e-6):
        super().__init__()
        self.members, self.d, self.eps = (
            num_heads // num_kv_heads,
            head_dim,
            eps,
        )
        sizes = {
            "q": (d_model, num_heads * head_dim),
            "k": (d_model, num_kv_heads * head_dim),
            "v": (d_model, num_kv_heads * head_dim),
            "o": (num_heads * head_dim, d_model),
        }
        for name, size in sizes.items():
            self.add_module(f"{name}_proj", nn.Linear(*size, bias=False))
        self.q_norm, self.k_norm = Gain(head_dim), Gain(head_dim)

    def rms(self, u):
        """(…, d) -> (…), in float32 or better."""
        wide = u.to(torch.promote_types(u.dtype, torch.float32))
        return (wide.pow(2).sum(-1) / self.d + self.eps).sqrt()

    def turned(self, u, gain, cos, sin):
        a, b = (u * gain.weight).split(self.d // 2, dim=-1)
        return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)

    def forward(self, x, cos, sin):
        q, k, v = (
            p(x).split(self.d, dim=-1)
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        heads = []
        for i, query in enumerate(q):
            key, value = k[i // self.members], v[i // self.members]
            lengths = self.rms(query)[:, :, None] * self.rms(key)[:, None, :]
            scores = (
                self.turned(query, self.q_norm, cos, sin)
                @ self.turned(key, self.k_norm, cos, sin).mT
            )
            scores = scores / (lengths * math.sqrt(self.d))
            late = torch.ones_like(scores, dtype=torch.bool).triu(1)
            weights = scores.masked_fill(late, -1e30).softmax(-1)
            heads.append(weights.to(value.dtype) @ value)
        return self.o_proj(torch.cat(heads, dim=-1))
