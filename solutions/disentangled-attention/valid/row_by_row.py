"""One head and one query at a time, distances looked up by indexing small rows."""

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

    def forward(self, x, relative, mask=None):
        length, k = x.size(1), relative.size(0) // 2
        parts = [
            w(x).chunk(self.num_heads, -1)
            for w in (self.W_q, self.W_k, self.W_v)
        ]
        places = [
            w(relative).chunk(self.num_heads, -1)
            for w in (self.W_qr, self.W_kr)
        ]
        steps = torch.arange(length)
        heads = []
        for q, key, v, q_r, k_r in zip(*parts, *places):
            to_place, from_place = q @ k_r.T, key @ q_r.T  # (B, T, 2k)
            rows = []
            for i in range(length):
                near = (i - steps + k).clamp(0, 2 * k - 1)  # δ(i, ·)
                back = (steps - i + k).clamp(0, 2 * k - 1)  # δ(·, i)
                score = (key @ q[:, i, :, None]).squeeze(-1)
                score = (
                    score + to_place[:, i, near] + from_place[:, steps, back]
                )
                rows.append(score)
            scores = torch.stack(rows, 1) / math.sqrt(3 * q.size(-1))
            if mask is not None:
                scores = scores.masked_fill(~mask, float("-inf"))
            heads.append(scores.softmax(-1) @ v)
        return torch.cat(heads, -1)
