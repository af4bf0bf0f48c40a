import torch
from torch import nn
from torch.nn import functional


class Qwen2Attention(nn.Module):
    """One product for q, k and v; then a growing prefix for each token."""

    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.heads, self.groups = num_heads, num_kv_heads
        narrow = d_model // num_heads * num_kv_heads
        for name, width in {"q": d_model, "k": narrow, "v": narrow}.items():
            self.add_module(f"{name}_proj", nn.Linear(d_model, width))
        self.o_proj = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x, cos, sin):
        projections = (self.q_proj, self.k_proj, self.v_proj)
        weight = torch.cat([p.weight for p in projections])
        bias = torch.cat([p.bias for p in projections])
        qkv = functional.linear(x, weight, bias)
        qkv = qkv.unflatten(-1, (self.heads + 2 * self.groups, -1))
        # (B, T, heads, d_k): the tables need an axis for the heads
        qk, v = qkv.split((self.heads + self.groups, self.groups), dim=2)
        a, b = qk.chunk(2, dim=-1)
        cos, sin = cos[:, None], sin[:, None]
        qk = torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)
        q, k = qk.split((self.heads, self.groups), dim=2)
        q = q.unflatten(2, (self.groups, -1)) / q.size(-1) ** 0.5
        out = []
        for t in range(x.size(1)):
            seen = slice(0, t + 1)
            scores = torch.einsum("bgmd,bsgd->bgms", q[:, t], k[:, seen])
            weights = functional.softmax(scores, dim=-1)
            heads = torch.einsum("bgms,bsgd->bgmd", weights, v[:, seen])
            out.append(heads.flatten(1))
        return self.o_proj(torch.stack(out, dim=1))
