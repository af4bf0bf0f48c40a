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
        return (y * (square + self.eps).rsqrt()[..., None]).to(
            x.dtype
        ) * self.weight


class Parts(nn.Module):
    def __init__(self, **sizes):
        super().__init__()
        for name, size in sizes.items():
            self.add_module(name, nn.Linear(*size, bias=False))


class LlamaBlock(nn.Module):
    """Scores with the past and among the new tokens are made separately."""

    def __init__(self, d_model, num_heads, num_kv_heads, d_ff, eps=1e-6):
        super().__init__()
        self.groups, self.d_k = num_kv_heads, d_model // num_heads
        d_kv = self.d_k * num_kv_heads
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

    def turned(self, u, cos, sin):
        """(B, T, heads·d_k) -> (B, T, heads, d_k)."""
        a, b = u.unflatten(-1, (-1, 2, self.d_k // 2)).unbind(-2)
        cos, sin = cos[:, None], sin[:, None]
        return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)

    def forward(self, x, cos, sin, cache=None):
        part, u = self.self_attn, self.input_layernorm(x)
        q = self.turned(part.q_proj(u), cos, sin) / self.d_k**0.5
        q = q.unflatten(2, (self.groups, -1))
        k = self.turned(part.k_proj(u), cos, sin)
        v = part.v_proj(u).unflatten(-1, (self.groups, -1))
        late = torch.ones(x.size(1), x.size(1), dtype=torch.bool).triu(1)
        scores = torch.einsum("btgmd,bsgd->bgmts", q, k)
        scores = scores.masked_fill(late, torch.finfo(x.dtype).min)
        k, v = k.transpose(1, 2), v.transpose(1, 2)
        if cache is not None:
            old_k, old_v = cache
            old = torch.einsum("btgmd,bgsd->bgmts", q, old_k)
            scores = torch.cat((old, scores), dim=-1)
            k, v = torch.cat((old_k, k), dim=2), torch.cat((old_v, v), dim=2)
        weights = F.softmax(scores, dim=-1)
        heads = torch.einsum("bgmts,bgsd->btgmd", weights, v)
        x = x + part.o_proj(heads.flatten(2))
        u = self.post_attention_layernorm(x)
        hidden = F.silu(self.mlp.gate_proj(u)) * self.mlp.up_proj(u)
        return x + self.mlp.down_proj(hidden), (k, v)
