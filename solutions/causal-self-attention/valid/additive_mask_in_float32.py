import math

import torch
from torch import nn


class CausalSelfAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.c_attn = nn.Linear(d_model, d_model * 3, bias=True)
        self.c_proj = nn.Linear(d_model, d_model, bias=True)
        self.num_heads = num_heads
        mask = torch.full((2, 2), float("-inf")).triu(1)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x):
        B, T, D = x.size()
        if self.mask.size(0) < T:
            self.mask = torch.full((T, T), float("-inf")).triu(1)
        qkv = self.c_attn(x)
        q, k, v = (
            qkv[..., i * D : (i + 1) * D]
            .reshape(B, T, self.num_heads, -1)
            .transpose(1, 2)
            .reshape(B * self.num_heads, T, -1)
            for i in range(3)
        )
        s = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(D // self.num_heads)
        s = s + self.mask[:T, :T].to(s.dtype)
        wide = torch.float64 if s.dtype == torch.float64 else torch.float32
        w = torch.softmax(s, dim=-1, dtype=wide).to(v.dtype)
        out = torch.bmm(w, v).view(B, self.num_heads, T, -1)
        return self.c_proj(out.permute(0, 2, 1, 3).reshape(B, T, D))
