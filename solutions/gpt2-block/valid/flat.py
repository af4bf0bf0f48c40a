import torch
import torch.nn.functional as F
from torch import nn


class GPT2Block(nn.Module):
    """The parts only hold weights; everything happens in one forward."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        self.mlp = nn.ModuleDict(
            {
                "c_proj": nn.Linear(4 * d_model, d_model),
                "c_fc": nn.Linear(d_model, 4 * d_model),
            }
        )
        self.attn = nn.ModuleDict(
            {
                "c_proj": nn.Linear(d_model, d_model),
                "c_attn": nn.Linear(d_model, 3 * d_model),
            }
        )
        self.ln_1, self.ln_2 = (nn.LayerNorm(d_model) for _ in range(2))

    def forward(self, x):
        B, T, C = x.shape
        qkv = self.attn["c_attn"](self.ln_1(x))
        q, k, v = qkv.view(B, T, 3, self.h, C // self.h).permute(2, 0, 3, 1, 4)
        scores = (q * (C // self.h) ** -0.5) @ k.transpose(-2, -1)
        bias = torch.full((T, T), torch.finfo(x.dtype).min, dtype=x.dtype)
        att = torch.softmax(scores + bias.triu(1), dim=-1)
        y = torch.einsum("bhij,bhjd->bihd", att, v).reshape(B, T, C)
        x = x + self.attn["c_proj"](y)
        u = self.mlp["c_fc"](self.ln_2(x))
        inner = 0.7978845608028654 * (u + 0.044715 * u**3)
        gelu = 0.5 * u * (1 + torch.tanh(inner))
        return x + F.linear(
            gelu, self.mlp["c_proj"].weight, self.mlp["c_proj"].bias
        )
