import math

import torch
from torch import nn


class Attention(nn.Module):
    """One head after the other, one prefix after the other, in float32."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.c_attn = nn.Linear(d_model, d_model * 3)
        self.c_proj = nn.Linear(d_model, d_model)
        self.num_heads = num_heads

    def forward(self, x):
        width = x.shape[-1]
        wide = torch.promote_types(x.dtype, torch.float32)
        qkv = self.c_attn(x).to(wide)
        q, k, v = (qkv[..., i * width : (i + 1) * width] for i in range(3))
        d_k = width // self.num_heads
        heads = []
        for h in range(self.num_heads):
            part = slice(h * d_k, (h + 1) * d_k)
            rows = []
            for t in range(x.shape[1]):
                keys = k[:, : t + 1, part]
                scores = (keys * q[:, t : t + 1, part]).sum(-1) / math.sqrt(d_k)
                weights = scores.softmax(-1).unsqueeze(-1)
                rows.append((weights * v[:, : t + 1, part]).sum(1))
            heads.append(torch.stack(rows, 1))
        return self.c_proj(torch.cat(heads, -1).to(x.dtype))


class GPT2Block(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(d_model, eps=1e-5)
        self.ln_2 = nn.LayerNorm(d_model, eps=1e-5)
        self.attn = Attention(d_model, num_heads)
        self.mlp = nn.Sequential()
        self.mlp.add_module("c_fc", nn.Linear(d_model, 4 * d_model))
        self.mlp.add_module("act", nn.GELU(approximate="tanh"))
        self.mlp.add_module("c_proj", nn.Linear(4 * d_model, d_model))

    def forward(self, x):
        residual = x
        x = residual + self.attn(self.ln_1(x))
        residual = x
        return residual.add(self.mlp(self.ln_2(x)))
