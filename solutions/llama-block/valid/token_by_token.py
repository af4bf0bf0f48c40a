import torch
import torch.nn.functional as F
from torch import nn


class Norm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        wide = x.double()
        wide = wide * (wide.square().mean(-1, True) + self.eps) ** -0.5
        return wide.to(x.dtype) * self.weight


class Attention(nn.Module):
    def __init__(self, d_model, heads, groups):
        super().__init__()
        self.members, self.d = heads // groups, d_model // heads
        self.q_proj = nn.Linear(d_model, heads * self.d, bias=False)
        self.k_proj = nn.Linear(d_model, groups * self.d, bias=False)
        self.v_proj = nn.Linear(d_model, groups * self.d, bias=False)
        self.o_proj = nn.Linear(heads * self.d, d_model, bias=False)

    def turn(self, u, cos, sin):
        """u (B, heads, d), one token; cos and sin (d / 2,)."""
        a, b = u.chunk(2, dim=-1)
        return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)

    def forward(self, x, cos, sin, keys, values):
        """One token (B, d_model); keys and values are lists of (B, G, d)."""
        q, k, v = (
            p(x).unflatten(-1, (-1, self.d))
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        keys.append(self.turn(k, cos, sin))
        values.append(v)
        q = self.turn(q, cos, sin).unflatten(1, (-1, self.members))
        scores = torch.einsum("bgmd,bgsd->bgms", q, torch.stack(keys, dim=2))
        weights = (scores / self.d**0.5).softmax(-1)
        heads = torch.einsum(
            "bgms,bgsd->bgmd", weights, torch.stack(values, dim=2)
        )
        return self.o_proj(heads.flatten(1))


class MLP(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x):
        return self.down_proj(self.up_proj(x) * F.silu(self.gate_proj(x)))


class LlamaBlock(nn.Module):
    """Every token is a decoding step, whatever the length of the piece."""

    def __init__(self, d_model, num_heads, num_kv_heads, d_ff, eps=1e-6):
        super().__init__()
        self.self_attn = Attention(d_model, num_heads, num_kv_heads)
        self.mlp = MLP(d_model, d_ff)
        self.input_layernorm = Norm(d_model, eps)
        self.post_attention_layernorm = Norm(d_model, eps)

    def forward(self, x, cos, sin, cache=None):
        keys, values = (
            ([], []) if cache is None else (list(c.unbind(2)) for c in cache)
        )
        out = []
        for t, token in enumerate(x.unbind(1)):
            token = token + self.self_attn(
                self.input_layernorm(token), cos[t], sin[t], keys, values
            )
            out.append(token + self.mlp(self.post_attention_layernorm(token)))
        cache = torch.stack(keys, dim=2), torch.stack(values, dim=2)
        return torch.stack(out, dim=1), cache
