"""Picking by a one-hot product over distances, einsum throughout."""

import torch
import torch.nn.functional as F
from torch import nn


class DisentangledSelfAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.h = num_heads
        for name in ("W_q", "W_k", "W_v", "W_qr", "W_kr"):
            self.add_module(name, nn.Linear(d_model, d_model, bias=False))

    def forward(self, x, relative, mask=None):
        b, t, d = x.shape
        k = relative.shape[0] // 2
        heads = (self.h, d // self.h)
        query, key, value = (
            w(x).view(b, t, *heads) for w in (self.W_q, self.W_k, self.W_v)
        )
        place_q, place_k = (
            w(relative).view(2 * k, *heads) for w in (self.W_qr, self.W_kr)
        )
        step = torch.arange(t)
        index = torch.clip(
            step.view(-1, 1) - step.view(1, -1) + k, min=0, max=2 * k - 1
        )
        pick = F.one_hot(index, 2 * k).to(x.dtype)  # (i, j, distance)
        scores = torch.einsum("bihd,bjhd->bhij", query, key)
        scores = scores + torch.einsum(
            "bhim,ijm->bhij",
            torch.einsum("bihd,mhd->bhim", query, place_k),
            pick,
        )
        scores = scores + torch.einsum(
            "bhjm,jim->bhij", torch.einsum("bjhd,mhd->bhjm", key, place_q), pick
        )
        scores = scores * (3 * heads[1]) ** -0.5
        if mask is not None:
            allowed = mask.expand(b, t, t)[:, None]
            scores = scores.masked_fill(~allowed, torch.finfo(scores.dtype).min)
        return torch.einsum(
            "bhij,bjhd->bihd", scores.softmax(-1), value
        ).reshape(b, t, d)
