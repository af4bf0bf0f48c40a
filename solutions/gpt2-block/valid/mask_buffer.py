import torch
from torch import nn


class CausalSelfAttention(nn.Module):
    """With a mask kept as a buffer that grows when it has to."""

    def __init__(self, dim, heads):
        super().__init__()
        self.c_attn, self.c_proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.heads = heads
        self.register_buffer("mask", torch.ones(1, 1).bool(), persistent=False)

    def forward(self, x):
        b, t, c = x.size()
        if self.mask.size(0) < t:
            self.mask = torch.ones(t, t, device=x.device).tril() > 0
        q, k, v = (
            part.reshape(b, t, self.heads, -1).transpose(1, 2)
            for part in self.c_attn(x).split(c, dim=2)
        )
        scores = torch.einsum("bhid,bhjd->bhij", q, k) / k.size(-1) ** 0.5
        scores = torch.where(self.mask[:t, :t], scores, float("-inf"))
        scores = scores - scores.amax(-1, keepdim=True)
        weights = scores.exp() / scores.exp().sum(-1, keepdim=True)
        return self.c_proj((weights @ v).permute(0, 2, 1, 3).reshape(b, t, c))


class MLP(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.c_fc = nn.Linear(dim, 4 * dim)
        self.c_proj = nn.Linear(4 * dim, dim)
        self.act = nn.GELU("tanh")

    def forward(self, x):
        return self.c_proj(self.act(self.c_fc(x)))


class GPT2Block(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.attn = CausalSelfAttention(d_model, num_heads)
        self.mlp = MLP(d_model)
        self.ln_1 = nn.LayerNorm(d_model)
        self.ln_2 = nn.LayerNorm(d_model)

    def forward(self, x):
        middle = self.attn(self.ln_1(x)) + x
        return self.mlp(self.ln_2(middle)) + middle
