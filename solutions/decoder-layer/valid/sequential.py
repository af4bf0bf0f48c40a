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

    def forward(self, x, source, mask):
        out = torch.zeros_like(x)
        for start in range(0, x.size(-1), self.width):
            rows = slice(start, start + self.width)
            q = F.linear(x, self.W_q.weight[rows])
            k = F.linear(source, self.W_k.weight[rows])
            v = F.linear(source, self.W_v.weight[rows])
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


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.self_attention = Attention(d_model, num_heads)
        self.cross_attention = Attention(d_model, num_heads)
        self.feed_forward = nn.Sequential(
            OrderedDict(
                W_1=nn.Linear(d_model, d_ff),
                relu=nn.ReLU(),
                W_2=nn.Linear(d_ff, d_model),
            )
        )
        for name in ("norm_1", "norm_2", "norm_3"):
            setattr(self, name, nn.LayerNorm(d_model))

    def forward(self, x, memory, self_mask=None, memory_mask=None):
        for norm, sublayer in (
            (self.norm_1, lambda h: self.self_attention(h, h, self_mask)),
            (
                self.norm_2,
                lambda h: self.cross_attention(h, memory, memory_mask),
            ),
            (self.norm_3, self.feed_forward),
        ):
            x = norm(x + sublayer(x))
        return x
