import math

import torch
from torch import nn


def one_head(q, k, v):
    """q (B, T, d), k and v (B, S, d), which are views."""
    scores = q @ k.mT / math.sqrt(q.size(-1))
    length, keys = scores.shape[-2:]
    place = torch.arange(keys - length, keys)
    late = torch.arange(keys) > place[:, None]
    scores = scores - 1e30 * late.to(scores.dtype)
    return torch.softmax(scores, dim=-1) @ v


def grouped_attention(q, k, v):
    group = q.size(1) // k.size(1)
    return torch.stack(
        [
            one_head(q[:, i], k[:, i // group], v[:, i // group])
            for i in range(q.size(1))
        ],
        dim=1,
    )


class GroupedQueryAttention(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.group, rest = divmod(num_heads, num_kv_heads)
        if rest or not self.group:
            raise ValueError("uneven groups")
        self.d_k = d_model // num_heads
        for name, heads in {"q": num_heads, "k": num_kv_heads}.items():
            self.add_module(
                f"{name}_proj",
                nn.Linear(d_model, heads * self.d_k, bias=False),
            )
        self.v_proj = nn.Linear(d_model, num_kv_heads * self.d_k, bias=False)
        self.o_proj = nn.Linear(num_heads * self.d_k, d_model, bias=False)

    def forward(self, x):
        q, k, v = (
            projection(x).split(self.d_k, dim=-1)
            for projection in (self.q_proj, self.k_proj, self.v_proj)
        )
        heads = [
            one_head(head, k[i // self.group], v[i // self.group])
            for i, head in enumerate(q)
        ]
        return self.o_proj(torch.cat(heads, dim=-1))
