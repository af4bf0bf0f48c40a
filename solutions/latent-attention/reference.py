"""Multi-head latent attention (DeepSeek-V2 2024, §2.1), plain queries."""

import math

import torch
from torch import Tensor, nn


class LatentAttention(nn.Module):
    """Keys and values of all heads are functions of one small latent c_kv.

    Position is in a part of its own: d_rope components per query head and one
    rotated key per token for all heads. `forward` computes keys and values;
    `step` moves their matrices to the query and to the output instead.
    """

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        d_nope: int,
        d_rope: int,
        d_v: int,
        kv_rank: int,
    ):
        super().__init__()
        self.num_heads = num_heads
        self.query_widths = [d_nope, d_rope]
        self.latent_widths = [kv_rank, d_rope]
        self.key_value_widths = [d_nope, d_v]
        self.scale = 1.0 / math.sqrt(d_nope + d_rope)
        self.q_proj = nn.Linear(
            d_model, num_heads * (d_nope + d_rope), bias=False
        )
        self.kv_a_proj_with_mqa = nn.Linear(
            d_model, kv_rank + d_rope, bias=False
        )
        self.kv_a_layernorm = nn.RMSNorm(kv_rank, eps=1e-6)
        self.kv_b_proj = nn.Linear(
            kv_rank, num_heads * (d_nope + d_v), bias=False
        )
        self.o_proj = nn.Linear(num_heads * d_v, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """All tokens at once: x (B, T, d_model) -> (B, T, d_model)."""
        T = x.size(1)
        positions = torch.arange(T, device=x.device)
        q_nope, q_rope = self._queries(x, positions)  # (B, H, T, ·)
        c_kv, k_rope = self._latents(x, positions)  # (B, T, ·)
        keys_values = self.kv_b_proj(c_kv).unflatten(-1, (self.num_heads, -1))
        k_nope, v = keys_values.transpose(1, 2).split(
            self.key_value_widths, dim=-1
        )  # (B, H, T, d_nope), (B, H, T, d_v)
        scores = q_nope @ k_nope.mT + q_rope @ k_rope.unsqueeze(1).mT
        future = torch.ones(T, T, dtype=torch.bool, device=x.device).triu(1)
        scores = (scores * self.scale).masked_fill(future, float("-inf"))
        heads = scores.softmax(dim=-1) @ v  # (B, H, T, d_v)
        return self.o_proj(heads.transpose(1, 2).flatten(2))

    def step(
        self, x: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """One more token: x (B, 1, d_model) -> (B, 1, d_model), new cache.

        The cache is c_kv (B, S, kv_rank) and k_rope (B, S, d_rope).
        """
        past = 0 if cache is None else cache[0].size(1)
        positions = torch.tensor([past], device=x.device)
        q_nope, q_rope = self._queries(x, positions)  # (B, H, 1, ·)
        c_kv, k_rope = self._latents(x, positions)  # (B, 1, ·)
        if cache is not None:
            c_kv = torch.cat((cache[0], c_kv), dim=1)  # (B, S, kv_rank)
            k_rope = torch.cat((cache[1], k_rope), dim=1)  # (B, S, d_rope)
        per_head = self.kv_b_proj.weight.unflatten(0, (self.num_heads, -1))
        # (H, d_nope, kv_rank), (H, d_v, kv_rank)
        W_uk, W_uv = per_head.split(self.key_value_widths, dim=1)
        # qᵀ(W_uk·c) = (W_ukᵀ·q)ᵀ·c: from here on one key serves all heads
        q_latent = (q_nope @ W_uk).squeeze(2)  # (B, H, kv_rank)
        scores = q_latent @ c_kv.mT + q_rope.squeeze(2) @ k_rope.mT
        weights = (scores * self.scale).softmax(dim=-1)  # (B, H, S)
        mean = (weights @ c_kv).unsqueeze(2)  # (B, H, 1, kv_rank)
        heads = (mean @ W_uv.mT).flatten(1)  # (B, H·d_v)
        return self.o_proj(heads).unsqueeze(1), (c_kv, k_rope)

    def _queries(self, x: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T, d_model) -> (B, H, T, d_nope), rotated (B, H, T, d_rope)."""
        q = self.q_proj(x).unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
        q_nope, q_rope = q.split(self.query_widths, dim=-1)
        return q_nope, rotate(q_rope, positions)

    def _latents(self, x: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T, d_model) -> to cache: (B, T, kv_rank), (B, T, d_rope)."""
        c_kv, k_rope = self.kv_a_proj_with_mqa(x).split(
            self.latent_widths, dim=-1
        )
        return self.kv_a_layernorm(c_kv), rotate(k_rope, positions)


def rotate(x: Tensor, positions: Tensor) -> Tensor:
    """RoPE on neighbouring pairs (2i, 2i + 1): x (..., T, d) -> (..., T, d)."""
    exponents = torch.arange(0, x.size(-1), 2, device=x.device) / x.size(-1)
    # float32 whatever x is
    angles = positions.unsqueeze(-1) * 10000.0**-exponents  # (T, d/2)
    cos, sin = angles.cos(), angles.sin()
    first, second = x[..., 0::2], x[..., 1::2]  # (..., T, d/2)
    turned = first * cos - second * sin, first * sin + second * cos
    return torch.stack(turned, dim=-1).flatten(-2).to(x.dtype)
