import torch
from torch import nn


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), dim=-1)


class Qwen2Attention(nn.Module):
    """The way of the library: tables of full width, k and v repeated."""

    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.h, self.g = num_heads, num_kv_heads
        self.width = d_model // num_heads
        self.o_proj = nn.Linear(d_model, d_model, bias=False)
        self.v_proj = nn.Linear(d_model, self.g * self.width, bias=True)
        self.k_proj = nn.Linear(d_model, self.g * self.width, bias=True)
        self.q_proj = nn.Linear(d_model, self.h * self.width, bias=True)

    def forward(self, x, cos, sin):
        batch, length, _ = x.shape
        cos = torch.cat((cos, cos), dim=-1)[None, None]
        sin = torch.cat((sin, sin), dim=-1)[None, None]
        shape = (batch, length, -1, self.width)
        q = self.q_proj(x).view(shape).transpose(1, 2)
        k = self.k_proj(x).view(shape).transpose(1, 2)
        v = self.v_proj(x).view(shape).transpose(1, 2)
        q = q * cos + rotate_half(q) * sin
        k = k * cos + rotate_half(k) * sin
        k = k.repeat_interleave(self.h // self.g, dim=1)
        v = v.repeat_interleave(self.h // self.g, dim=1)
        scores = q @ k.transpose(2, 3) * self.width**-0.5
        mask = torch.full((length, length), float("-inf"), dtype=x.dtype)
        weights = (scores + mask.triu(diagonal=1)).softmax(-1)
        out = (weights @ v).transpose(1, 2).reshape(batch, length, -1)
        return self.o_proj(out)
