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

    def forward(self, x, angles, keys, values):
        """One token (B, d_model) at `angles`; the lists hold its past."""
        cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)

        def turn(u):
            a, b = u.chunk(2, dim=-1)
            return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)

        q, k, v = (
            p(x).unflatten(-1, (-1, self.d))
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        keys.append(turn(k))
        values.append(v)
        q = turn(q).unflatten(1, (-1, self.members))
        scores = torch.einsum("bgmd,bgsd->bgms", q, torch.stack(keys, dim=2))
        weights = (scores / self.d**0.5).softmax(-1)
        past = torch.stack(values, dim=2)
        heads = torch.einsum("bgms,bgsd->bgmd", weights, past)
        return self.o_proj(heads.flatten(1))


class MLP(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x):
        return self.down_proj(self.up_proj(x) * F.silu(self.gate_proj(x)))


class Block(nn.Module):
    def __init__(self, d_model, num_heads, num_kv_heads, d_ff, eps):
        super().__init__()
        self.self_attn = Attention(d_model, num_heads, num_kv_heads)
        self.mlp = MLP(d_model, d_ff)
        self.input_layernorm = Norm(d_model, eps)
        self.post_attention_layernorm = Norm(d_model, eps)

    def forward(self, x, angles):
        keys, values, out = [], [], []
        for t, token in enumerate(x.unbind(1)):
            token = token + self.self_attn(
                self.input_layernorm(token), angles[t], keys, values
            )
            out.append(token + self.mlp(self.post_attention_layernorm(token)))
        return torch.stack(out, dim=1)


class Llama(nn.Module):
    """Every layer takes one token after another, as in decoding."""

    def __init__(
        self,
        vocab_size,
        d_model,
        num_layers,
        num_heads,
        num_kv_heads,
        d_ff,
        base=10000.0,
        eps=1e-6,
        tied=False,
    ):
        super().__init__()
        self.d, self.base = d_model // num_heads, base
        self.embed_tokens = nn.Embedding(vocab_size, d_model)
        self.lm_head = nn.Linear(d_model, vocab_size, bias=False)
        self.lm_head.weight = (
            self.embed_tokens.weight if tied else self.lm_head.weight
        )
        self.norm = Norm(d_model, eps)
        self.layers = nn.ModuleList(
            Block(d_model, num_heads, num_kv_heads, d_ff, eps)
            for _ in range(num_layers)
        )

    def forward(self, ids):
        pairs = torch.arange(self.d // 2, dtype=torch.float32)
        frequencies = 1.0 / self.base ** (2 * pairs / self.d)
        angles = torch.arange(ids.size(1))[:, None] * frequencies
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x, angles)
        return self.lm_head(self.norm(x))
