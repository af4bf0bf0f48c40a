import math

import torch
from torch import nn


class CachedAttention(nn.Module):
    """New buffers are allocated and filled, one query is answered at a time."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.W_o = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.num_heads = num_heads

    def heads(self, y):
        return y.reshape(*y.shape[:2], self.num_heads, -1).swapaxes(1, 2)

    def grown(self, old, new):
        if old is None:
            return new
        past = old.size(2)
        size = (*new.shape[:2], past + new.size(2), new.size(3))
        buffer = torch.empty(size, dtype=new.dtype)
        buffer[:, :, :past] = old
        buffer[:, :, past:] = new
        return buffer

    def forward(self, x, cache=None):
        old_k, old_v = cache if cache is not None else (None, None)
        past = 0 if old_k is None else old_k.size(2)
        positions = torch.arange(x.size(1)) + past
        q = turn(self.heads(self.W_q(x)), positions)
        k = self.grown(old_k, turn(self.heads(self.W_k(x)), positions))
        v = self.grown(old_v, self.heads(self.W_v(x)))
        rows = []
        for i in range(x.size(1)):
            seen = past + i + 1
            scores = k[:, :, :seen] @ q[:, :, i].unsqueeze(-1)
            weights = (scores / math.sqrt(k.size(-1))).softmax(dim=2)
            rows.append((weights * v[:, :, :seen]).sum(2).flatten(1))
        return self.W_o(torch.stack(rows, dim=1)), (k, v)


def turn(x, positions):
    """RoPE as a product of complex numbers."""
    half = x.size(-1) // 2
    angles = positions[:, None] / 10000.0 ** (torch.arange(half) / half)
    pairs = torch.complex(*(part.double() for part in x.chunk(2, -1)))
    pairs = pairs * torch.polar(torch.ones_like(angles), angles)
    return torch.cat((pairs.real, pairs.imag), -1).to(x.dtype)
