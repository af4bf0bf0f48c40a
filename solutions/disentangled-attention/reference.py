"""Disentangled attention (He et al. 2020, DeBERTa, §3.1, Eq. 2 to 4)."""

import math

import torch
from torch import Tensor, nn


class DisentangledSelfAttention(nn.Module):
    """Content and relative position are projected by matrices of their own.

    Scores are content–content + content–position + position–content.
    """

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_qr = nn.Linear(d_model, d_model, bias=False)
        self.W_kr = nn.Linear(d_model, d_model, bias=False)

    def forward(
        self, x: Tensor, relative: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """Shapes: x (B, T, d_model), relative (2k, d_model) -> as x.

        `mask` broadcasts to (B, T, T); True = may attend.
        """
        q = self._split(self.W_q(x))  # (B, H, T, d_k)
        k = self._split(self.W_k(x))  # (B, H, T, d_k)
        v = self._split(self.W_v(x))  # (B, H, T, d_k)
        q_r = self._split(self.W_qr(relative))  # (H, 2k, d_k)
        k_r = self._split(self.W_kr(relative))  # (H, 2k, d_k)

        c2c = q @ k.mT  # (B, H, T, T)
        delta = distances(x.size(1), relative.size(0)).to(x.device)
        delta = delta.expand_as(c2c)
        # against all 2k distances first, then the one that applies is picked
        c2p = (q @ k_r.mT).gather(-1, delta)  # q_i · k_r[δ(i, j)]
        # row j, column i holds k_j · q_r[δ(j, i)]
        p2c = (k @ q_r.mT).gather(-1, delta).mT

        scores = (c2c + c2p + p2c) / math.sqrt(3 * q.size(-1))
        if mask is not None:
            scores = scores.masked_fill(~mask.unsqueeze(-3), -math.inf)
        heads = scores.softmax(dim=-1) @ v  # (B, H, T, d_k)
        return heads.transpose(1, 2).flatten(2)  # (B, T, d_model)

    def _split(self, x: Tensor) -> Tensor:
        """(..., T, d_model) -> (..., H, T, d_k)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(-3, -2)


def distances(length: int, rows: int) -> Tensor:
    """δ(i, j) = i − j + k, clipped to the 2k rows there are: (T, T)."""
    places = torch.arange(length)
    distance = places[:, None] - places[None, :]  # i − j
    return (distance + rows // 2).clamp(0, rows - 1)
