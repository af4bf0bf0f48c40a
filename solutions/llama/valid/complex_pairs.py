import torch
import torch.nn.functional as F
from torch import nn


class Scale(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps, self.width = eps, width

    def forward(self, x):
        y = x if x.dtype == torch.float64 else x.float()
        square = torch.einsum("...i,...i->...", y, y) / self.width
        y = y * (square + self.eps).rsqrt()[..., None]
        return y.to(x.dtype) * self.weight


class Parts(nn.Module):
    def __init__(self, **sizes):
        super().__init__()
        for name, size in sizes.items():
            self.add_module(name, nn.Linear(*size, bias=False))


class Layer(nn.Module):
    """Pairs as complex numbers; one head after another."""

    def __init__(self, d_model, heads, groups, d_ff, eps):
        super().__init__()
        self.members, self.d_k = heads // groups, d_model // heads
        d_kv = self.d_k * groups
        self.post_attention_layernorm = Scale(d_model, eps)
        self.input_layernorm = Scale(d_model, eps)
        self.mlp = Parts(
            gate_proj=(d_model, d_ff),
            up_proj=(d_model, d_ff),
            down_proj=(d_ff, d_model),
        )
        self.self_attn = Parts(
            q_proj=(d_model, d_model),
            k_proj=(d_model, d_kv),
            v_proj=(d_model, d_kv),
            o_proj=(d_model, d_model),
        )

    def points(self, x, turn):
        """(…, d_k) -> rotated, complex (…, d_k / 2)."""
        wide = torch.promote_types(x.dtype, torch.float32)
        return torch.complex(*x.to(wide).chunk(2, dim=-1)) * turn

    def forward(self, x, turn):
        part, u = self.self_attn, self.input_layernorm(x)
        q, k, v = (
            p(u).split(self.d_k, dim=-1)
            for p in (part.q_proj, part.k_proj, part.v_proj)
        )
        k = [self.points(head, turn) for head in k]
        heads = []
        for i, head in enumerate(q):
            key, value = k[i // self.members], v[i // self.members]
            scores = (self.points(head, turn) @ key.mH).real / self.d_k**0.5
            late = torch.ones_like(scores).triu(1).bool()
            weights = scores.masked_fill(late, -1e30).softmax(-1)
            heads.append(weights.to(value.dtype) @ value)
        x = x + part.o_proj(torch.cat(heads, dim=-1))
        u = self.post_attention_layernorm(x)
        hidden = F.silu(self.mlp.gate_proj(u)) * self.mlp.up_proj(u)
        return x + self.mlp.down_proj(hidden)


class Llama(nn.Module):
    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_layers: int,
        num_heads: int,
        num_kv_heads: int,
        d_ff: int,
        base: float = 10000.0,
        eps: float = 1e-6,
        tied: bool = False,
    ):
        super().__init__()
        self.embed_tokens = nn.Embedding(vocab_size, d_model)
        self.layers = nn.ModuleList(
            [
                Layer(d_model, num_heads, num_kv_heads, d_ff, eps)
                for _ in range(num_layers)
            ]
        )
        self.norm = Scale(d_model, eps)
        self.lm_head = nn.Linear(d_model, vocab_size, bias=False)
        if tied:
            self.lm_head.weight = self.embed_tokens.weight
        d_k = d_model // num_heads
        # plain numbers: a cast of the model does not reach them
        self.frequencies = [base ** (-2 * j / d_k) for j in range(d_k // 2)]

    def forward(self, ids):
        frequencies = torch.tensor(self.frequencies, dtype=torch.float64)
        angles = torch.arange(ids.size(1))[:, None] * frequencies
        x = self.embed_tokens(ids)
        wide = torch.promote_types(x.dtype, torch.float32)
        turn = torch.polar(torch.ones_like(angles), angles)
        turn = turn.to(torch.complex(*torch.zeros(2, 1, dtype=wide)).dtype)
        for layer in self.layers:
            x = layer(x, turn)
        return self.lm_head(self.norm(x))
