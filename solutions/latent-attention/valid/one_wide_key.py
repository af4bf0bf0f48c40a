import math

import torch
from torch import nn


class LatentAttention(nn.Module):
    def __init__(self, d_model, num_heads, d_nope, d_rope, d_v, kv_rank):
        super().__init__()
        self.sizes = (num_heads, d_nope, d_rope, d_v, kv_rank)
        self.q_proj = nn.Linear(
            d_model, num_heads * (d_nope + d_rope), bias=False
        )
        self.kv_a_proj_with_mqa = nn.Linear(
            d_model, kv_rank + d_rope, bias=False
        )
        self.kv_a_layernorm = nn.RMSNorm(kv_rank, eps=1e-6)
        self.kv_b_proj = nn.Linear(
            kv_rank, num_heads * (d_nope + d_v), bias=False
        )
        self.o_proj = nn.Linear(num_heads * d_v, d_model, bias=False)

    @staticmethod
    def turn(x, position):
        d = x.shape[-1]
        out = torch.empty_like(x)
        for i in range(0, d, 2):
            angle = position.float() * 10000.0 ** (-i / d)
            c, s = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
            out[..., i] = x[..., i] * c - x[..., i + 1] * s
            out[..., i + 1] = x[..., i] * s + x[..., i + 1] * c
        return out

    def forward(self, x):
        outs, cache = [], None
        for t in range(x.size(1)):
            y, cache = self.step(x[:, t : t + 1], cache)
            outs.append(y)
        return torch.cat(outs, 1)

    def step(self, x, cache=None):
        H, n, p, v, r = self.sizes
        B = x.size(0)
        at = torch.tensor(0 if cache is None else cache[0].size(1))
        q = self.q_proj(x).view(B, H, n + p)
        q_rope = self.turn(q[..., n:], at)
        new = self.kv_a_proj_with_mqa(x)
        c = self.kv_a_layernorm(new[..., :r])
        k = self.turn(new[..., r:], at)
        if cache is not None:
            c, k = torch.cat((cache[0], c), 1), torch.cat((cache[1], k), 1)
        W = self.kv_b_proj.weight.view(H, n + v, r)
        absorbed = torch.stack([q[:, h, :n] @ W[h, :n] for h in range(H)], 1)
        query = torch.cat((absorbed, q_rope), -1)
        key = torch.cat((c, k), -1)
        a = (query @ key.transpose(1, 2) / math.sqrt(n + p)).softmax(-1)
        mean = a @ c
        out = [mean[:, h] @ W[h, n:].T for h in range(H)]
        return self.o_proj(torch.cat(out, -1)).unsqueeze(1), (c, k)
