"""Heads folded into the batch for bmm, both position terms gathered along different axes."""

import math

import torch
from torch import nn


class DisentangledSelfAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_qr = nn.Linear(d_model, d_model, bias=False)
        self.W_kr = nn.Linear(d_model, d_model, bias=False)

    def fold(self, y):
        n, length, width = y.shape
        y = y.view(n, length, self.num_heads, width // self.num_heads)
        return y.permute(0, 2, 1, 3).reshape(n * self.num_heads, length, -1)

    def forward(self, x, relative, mask=None):
        n, length, width = x.shape
        span = relative.size(0) // 2
        q, k, v = (
            self.fold(self.W_q(x)),
            self.fold(self.W_k(x)),
            self.fold(self.W_v(x)),
        )
        q = q / math.sqrt(3 * q.size(-1))
        k_r = self.fold(self.W_kr(relative)[None]).repeat(n, 1, 1)
        q_r = self.fold(self.W_qr(relative)[None]).repeat(n, 1, 1) / math.sqrt(
            3 * q.size(-1)
        )
        i = torch.arange(length)
        forward = (i[:, None] - i + span).clamp(0, 2 * span - 1)
        backward = (i - i[:, None] + span).clamp(0, 2 * span - 1)
        scores = torch.bmm(q, k.transpose(1, 2))
        c2p = torch.bmm(q, k_r.transpose(1, 2))
        scores = scores + torch.gather(c2p, 2, forward.expand(len(q), -1, -1))
        p2c = torch.bmm(q_r, k.transpose(1, 2))  # (n·H, 2k, j)
        scores = scores + torch.gather(p2c, 1, backward.expand(len(q), -1, -1))
        scores = scores.view(n, self.num_heads, length, length)
        if mask is not None:
            scores = torch.where(
                mask.unsqueeze(-3), scores, scores.new_full((), float("-inf"))
            )
        wide = torch.promote_types(scores.dtype, torch.float32)
        weights = (
            torch.softmax(scores, -1, dtype=wide)
            .to(v.dtype)
            .view(-1, length, length)
        )
        out = torch.bmm(weights, v).view(n, self.num_heads, length, -1)
        return out.permute(0, 2, 1, 3).reshape(n, length, width)
