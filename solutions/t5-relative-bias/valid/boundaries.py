import torch
from torch import nn


def relative_position_bucket(
    relative_position, bidirectional=True, num_buckets=32, max_distance=128
):
    m = num_buckets // 2 if bidirectional else num_buckets
    e = m // 2
    ends = [e * (max_distance / e) ** (k / (m - e)) for k in range(m - e)]
    edges = torch.tensor([*range(1, e), *ends], dtype=torch.float64)
    past = -relative_position
    distance = past.abs() if bidirectional else past.clamp_min(0)
    bucket = torch.bucketize(distance.double(), edges, right=True)
    if bidirectional:
        bucket[past < 0] += m
    return bucket


class RelativePositionBias(nn.Module):
    def __init__(
        self, num_heads, bidirectional=True, num_buckets=32, max_distance=128
    ):
        super().__init__()
        self.sizes = bidirectional, num_buckets, max_distance
        self.relative_attention_bias = nn.Module()
        self.relative_attention_bias.weight = nn.Parameter(
            torch.randn(num_buckets, num_heads)
        )

    def forward(self, T_q, T_k):
        offsets = torch.arange(
            1 - T_k, T_k
        )  # every offset once, then diagonals
        values = self.relative_attention_bias.weight.T[
            :, relative_position_bucket(offsets, *self.sizes)
        ]
        rows = [
            values[:, T_k - 1 - p : 2 * T_k - 1 - p]
            for p in range(T_k - T_q, T_k)
        ]
        return torch.stack(rows, dim=1)[None]
