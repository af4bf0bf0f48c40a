import math

import torch
from torch import nn


def one(r, bidirectional, num_buckets, max_distance):
    m = num_buckets // 2 if bidirectional else num_buckets
    n = abs(r) if bidirectional else max(-r, 0)
    e = m // 2
    if n >= e:
        n = min(
            m - 1,
            e + int(math.log(n / e) / math.log(max_distance / e) * (m - e)),
        )
    return n + (m if bidirectional and r > 0 else 0)


def relative_position_bucket(
    relative_position, bidirectional=True, num_buckets=32, max_distance=128
):
    sizes = (bidirectional, num_buckets, max_distance)
    known = {r: one(r, *sizes) for r in relative_position.unique().tolist()}
    flat = [known[r] for r in relative_position.flatten().tolist()]
    return torch.tensor(flat).view(relative_position.shape)


class RelativePositionBias(nn.Module):
    def __init__(
        self, num_heads, bidirectional=True, num_buckets=32, max_distance=128
    ):
        super().__init__()
        self.sizes = (bidirectional, num_buckets, max_distance)
        self.relative_attention_bias = nn.Embedding(num_buckets, num_heads)

    def forward(self, T_q, T_k):
        relative = torch.tensor(
            [[j - p for j in range(T_k)] for p in range(T_k - T_q, T_k)]
        )
        one_hot = nn.functional.one_hot(
            relative_position_bucket(relative, *self.sizes), self.sizes[1]
        )
        weight = self.relative_attention_bias.weight
        return torch.einsum(
            "qkb,bh->hqk", one_hot.to(weight.dtype), weight
        ).unsqueeze(0)
