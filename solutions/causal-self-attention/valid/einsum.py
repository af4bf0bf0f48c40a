import torch
from torch import nn


class CausalSelfAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h, self.width = num_heads, d_model // num_heads
        self.c_attn = nn.Linear(d_model, 3 * d_model)
        self.c_proj = nn.Linear(d_model, d_model)

    def forward(self, x):
        batch, length, _ = x.shape
        qkv = self.c_attn(x).reshape(batch, length, 3, self.h, self.width)
        q, k, v = qkv.permute(2, 0, 1, 3, 4)
        scores = torch.einsum("bihd,bjhd->bhij", q * self.width**-0.5, k)
        position = torch.arange(length)
        seen = position[None, :] <= position[:, None]
        scores = torch.where(seen, scores, torch.finfo(scores.dtype).min)
        weights = torch.softmax(scores, -1)
        out = torch.einsum("bhij,bjhd->bihd", weights, v)
        return self.c_proj(out.reshape(batch, length, -1))
