import math

import torch
from torch import nn


def relative_position_bucket(
    relative_position, bidirectional=True, num_buckets=32, max_distance=128
):
    ret = 0
    n = -relative_position
    if bidirectional:
        num_buckets //= 2
        ret = ret + (n < 0).to(torch.int64) * num_buckets
        n = torch.abs(n)
    else:
        n = torch.maximum(n, torch.zeros_like(n))
    max_exact = num_buckets // 2
    is_small = n < max_exact
    scaled = torch.log(n.float() / max_exact) / math.log(
        max_distance / max_exact
    )
    large = max_exact + (scaled * (num_buckets - max_exact)).to(torch.int64)
    large = torch.minimum(large, torch.full_like(large, num_buckets - 1))
    return ret + torch.where(is_small, n, large)


class RelativePositionBias(nn.Module):
    def __init__(
        self, num_heads, bidirectional=True, num_buckets=32, max_distance=128
    ):
        super().__init__()
        self.arguments = (bidirectional, num_buckets, max_distance)
        self.relative_attention_bias = nn.Embedding(num_buckets, num_heads)

    def forward(self, T_q, T_k):
        context = torch.arange(T_q)[:, None] + (T_k - T_q)
        memory = torch.arange(T_k)[None, :]
        buckets = relative_position_bucket(memory - context, *self.arguments)
        values = self.relative_attention_bias(buckets)
        return values.permute([2, 0, 1]).unsqueeze(0)
