import torch
from torch import nn
from torch.nn import functional


class Qwen3Attention(nn.Module):
    """Queries and keys share one product, one norm and one rotation."""

    def __init__(self, d_model, num_heads, num_kv_heads, head_dim, eps=1e-6):
        super().__init__()
        self.sizes, self.eps = (num_heads, num_kv_heads), eps
        self.q_proj = nn.Linear(d_model, num_heads * head_dim, bias=False)
        self.k_proj = nn.Linear(d_model, num_kv_heads * head_dim, bias=False)
        self.v_proj = nn.Linear(d_model, num_kv_heads * head_dim, bias=False)
        self.o_proj = nn.Linear(num_heads * head_dim, d_model, bias=False)
        self.q_norm = nn.Module()
        self.q_norm.weight = nn.Parameter(torch.ones(head_dim))
        self.k_norm = nn.Module()
        self.k_norm.weight = nn.Parameter(torch.ones(head_dim))

    def forward(self, x, cos, sin):
        heads, groups = self.sizes
        weight = torch.cat((self.q_proj.weight, self.k_proj.weight))
        qk = functional.linear(x, weight).unflatten(-1, (heads + groups, -1))
        wide = qk if qk.dtype == torch.float64 else qk.float()
        square = torch.einsum("bthd,bthd->bth", wide, wide) / qk.size(-1)
        qk = (wide / (square + self.eps).sqrt().unsqueeze(-1)).to(qk.dtype)
        gains = torch.stack([self.q_norm.weight] * heads)
        gains = torch.cat((gains, torch.stack([self.k_norm.weight] * groups)))
        a, b = (qk * gains).chunk(2, dim=-1)  # (B, T, heads, d / 2)
        cos, sin = cos[:, None], sin[:, None]
        qk = torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)
        q, k = qk.split((heads, groups), dim=2)
        q = q.unflatten(2, (groups, -1)) * q.size(-1) ** -0.5
        v = self.v_proj(x).unflatten(-1, (groups, -1))
        scores = torch.einsum("btgmd,bsgd->bgmts", q, k)
        seen = torch.ones(x.size(1), x.size(1), dtype=torch.bool).tril()
        lowest = torch.finfo(scores.dtype).min
        weights = scores.where(seen, scores.new_tensor(lowest)).softmax(-1)
        out = torch.einsum("bgmts,bsgd->btgmd", weights, v)
        return self.o_proj(out.flatten(2))
