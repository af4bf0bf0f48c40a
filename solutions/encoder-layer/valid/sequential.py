from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    """Head by head; each head's share of W_o is added up instead of concatenating."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.width = d_model // num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (
            nn.Linear(d_model, d_model, bias=False) for _ in range(4)
        )

    def forward(self, x, mask):
        out = torch.zeros_like(x)
        for start in range(0, x.size(-1), self.width):
            rows = slice(start, start + self.width)
            q, k, v = (
                F.linear(x, layer.weight[rows])
                for layer in (self.W_q, self.W_k, self.W_v)
            )
            scores = q.div(self.width**0.5).bmm(k.mT)
            if mask is not None:
                scores = scores + torch.zeros_like(scores).masked_fill(
                    ~mask, -1e9
                )
            weights = F.softmax(scores, -1)
            if mask is not None:
                weights = weights.where(mask, 0.0)
            out = out + weights @ v @ self.W_o.weight[:, rows].T
        return out


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.self_attention = Attention(d_model, num_heads)
        self.feed_forward = nn.Sequential(
            OrderedDict(
                W_1=nn.Linear(d_model, d_ff),
                relu=nn.ReLU(),
                W_2=nn.Linear(d_ff, d_model),
            )
        )
        self.norm_1 = nn.LayerNorm(d_model)
        self.norm_2 = nn.LayerNorm(d_model)

    def forward(self, x, mask=None):
        for norm, sublayer in (
            (self.norm_1, lambda h: self.self_attention(h, mask)),
            (self.norm_2, self.feed_forward),
        ):
            x = norm(x + sublayer(x))
        return x
