import torch
from torch import nn


class CachedAttention(nn.Module):
    """Scores with the past and with the chunk itself are computed apart."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.W_q, self.W_k, self.W_v, self.W_o = (
            nn.Linear(d_model, d_model, bias=False) for _ in range(4)
        )
        self.h = num_heads

    def forward(self, x, cache=None):
        length, width = x.shape[1:]
        d_k = width // self.h
        start = cache[0].shape[-2] if cache else 0
        positions = torch.tensor([start + i for i in range(length)])

        def split(y):
            return torch.stack(y.split(d_k, dim=-1), dim=1)

        q = rope(split(self.W_q(x)), positions) * d_k**-0.5
        k = rope(split(self.W_k(x)), positions)
        v = split(self.W_v(x))
        own = q @ k.transpose(-1, -2)
        later = torch.ones(length, length, device=x.device).triu(1) > 0
        own = own.masked_fill(later, float("-inf"))
        if not cache:
            y = own.softmax(-1) @ v
            new = k, v
        else:
            past = q @ cache[0].transpose(-1, -2)
            weights = torch.cat((past, own), -1).softmax(-1)
            y = weights[..., :start] @ cache[1] + weights[..., start:] @ v
            new = tuple(
                torch.cat(pair, -2) for pair in zip(cache, (k, v), strict=True)
            )
        y = torch.cat(y.unbind(1), dim=-1)
        return self.W_o(y), new


def rope(x, positions):
    half = x.size(-1) // 2
    frequencies = 10000.0 ** (-torch.arange(half, device=x.device) / half)
    angles = positions[:, None] * frequencies
    cos, sin = angles.cos(), angles.sin()
    first, second = x.chunk(2, dim=-1)
    rotated = first * cos - second * sin, first * sin + second * cos
    return torch.cat(rotated, dim=-1).to(x.dtype)
