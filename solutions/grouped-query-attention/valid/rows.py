import torch
from torch import nn


def grouped_attention(q, k, v):
    """All queries of a group become rows against one KV head."""
    batch, heads, length, width = q.shape
    groups, keys = k.shape[1], k.shape[2]
    rows = q.reshape(batch, groups, heads // groups * length, width)
    scores = (rows * width**-0.5) @ k.transpose(-1, -2)
    seen = torch.ones(length, keys, dtype=torch.bool).tril(keys - length)
    seen = seen.repeat(heads // groups, 1)
    weights = scores.masked_fill(~seen, torch.finfo(q.dtype).min).softmax(-1)
    return (weights @ v).reshape(q.shape)


class GroupedQueryAttention(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        if num_heads % num_kv_heads != 0:
            raise ValueError("num_kv_heads must divide num_heads")
        self.heads, self.groups = num_heads, num_kv_heads
        narrow = d_model // num_heads * num_kv_heads
        self.o_proj = nn.Linear(d_model, d_model, bias=False)
        self.v_proj = nn.Linear(d_model, narrow, bias=False)
        self.k_proj = nn.Linear(d_model, narrow, bias=False)
        self.q_proj = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x):
        batch, length, width = x.shape
        q = self.q_proj(x).view(batch, length, self.heads, -1).transpose(1, 2)
        k, v = (
            p(x).view(batch, length, self.groups, -1).transpose(1, 2)
            for p in (self.k_proj, self.v_proj)
        )
        out = grouped_attention(q, k, v)
        return self.o_proj(out.transpose(1, 2).reshape(batch, length, width))
