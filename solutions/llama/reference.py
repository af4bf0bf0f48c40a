"""LLaMA (Touvron et al. 2023, §2.2), with GQA as in Llama 2."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class Llama(nn.Module):
    """Embedding, blocks, one last norm, head."""

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
        self.d_k = d_model // num_heads
        self.base = base
        self.embed_tokens = nn.Embedding(vocab_size, d_model)
        self.layers = nn.ModuleList(
            Block(d_model, num_heads, num_kv_heads, d_ff, eps)
            for _ in range(num_layers)
        )
        self.norm = RMSNorm(d_model, eps)
        self.lm_head = nn.Linear(d_model, vocab_size, bias=False)
        if tied:
            self.lm_head.weight = self.embed_tokens.weight  # one parameter

    def forward(self, ids: Tensor) -> Tensor:
        """Shapes: ids (B, T) -> logits (B, T, vocab_size)."""
        positions = torch.arange(ids.size(1), device=ids.device)  # (T,)
        cos, sin = rotary_tables(positions, self.d_k, self.base)
        x = self.embed_tokens(ids)  # (B, T, d_model)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return self.lm_head(self.norm(x))


class Block(nn.Module):
    """x + Attention(RMSNorm(x)), then x + SwiGLU(RMSNorm(x))."""

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        num_kv_heads: int,
        d_ff: int,
        eps: float,
    ):
        super().__init__()
        self.input_layernorm = RMSNorm(d_model, eps)
        self.self_attn = Attention(d_model, num_heads, num_kv_heads)
        self.post_attention_layernorm = RMSNorm(d_model, eps)
        self.mlp = SwiGLU(d_model, d_ff)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Shapes: x (B, T, d_model), cos and sin (T, d_k/2)."""
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))


class RMSNorm(nn.Module):
    """x / √(mean(x²) + ε) · weight over the last axis."""

    def __init__(self, width: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., width) -> (..., width)."""
        wide = x.float()  # squares lose too much in half precision
        mean_square = wide.square().mean(dim=-1, keepdim=True)
        normalised = wide * torch.rsqrt(mean_square + self.eps)
        return normalised.to(x.dtype) * self.weight


class Attention(nn.Module):
    """Causal grouped-query attention with RoPE."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        super().__init__()
        self.d_k = d_model // num_heads
        kv_width = num_kv_heads * self.d_k
        self.q_proj = nn.Linear(d_model, d_model, bias=False)
        self.k_proj = nn.Linear(d_model, kv_width, bias=False)
        self.v_proj = nn.Linear(d_model, kv_width, bias=False)
        self.o_proj = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Shapes: (B, T, d_model) -> (B, T, d_model)."""
        q = rotate(self._split(self.q_proj(x)), cos, sin)  # (B, H, T, d_k)
        k = rotate(self._split(self.k_proj(x)), cos, sin)  # (B, G, T, d_k)
        v = self._split(self.v_proj(x))  # (B, G, T, d_k)
        heads = grouped_attention(q, k, v)  # (B, H, T, d_k)
        return self.o_proj(heads.transpose(1, 2).flatten(2))  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, heads·d_k) -> (B, heads, T, d_k)."""
        return x.unflatten(-1, (-1, self.d_k)).transpose(1, 2)


class SwiGLU(nn.Module):
    """(SiLU(x·W_gate) ⊗ x·W_up)·W_down."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: (..., d_model) -> (..., d_model)."""
        gate = functional.silu(self.gate_proj(x))  # (..., d_ff)
        return self.down_proj(gate * self.up_proj(x))


def rotary_tables(
    positions: Tensor, d_k: int, base: float
) -> tuple[Tensor, Tensor]:
    """Cos and sin of the angles p·base^(-2j/d_k), float32 (T, d_k/2) each."""
    exponents = torch.arange(0, d_k, 2, device=positions.device) / d_k
    # float32 whatever the weights are: bfloat16 has no position 257
    angles = positions[:, None] * base**-exponents
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """RoPE: turn pair (x_j, x_{j+d/2}) by the angle of its position.

    Shapes: x (..., T, d), cos and sin (T, d/2) -> (..., T, d).
    """
    a, b = x.chunk(2, dim=-1)  # each (..., T, d/2)
    turned = torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)
    return turned.to(x.dtype)


def grouped_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention; query head i reads KV head i // (H / G).

    Shapes: q (B, H, T, d_k), k and v (B, G, T, d_k) -> (B, H, T, d_k).
    """
    q = q.unflatten(1, (k.size(1), -1))  # (B, G, H/G, T, d_k)
    scores = torch.einsum("bghqd,bgkd->bghqk", q, k) / math.sqrt(q.size(-1))
    future = torch.ones_like(scores, dtype=torch.bool).triu(1)
    weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
    return torch.einsum("bghqk,bgkd->bghqd", weights, v).flatten(1, 2)
