"""T5's relative position bias (Raffel et al. 2019, §2.1, and the T5 code)."""

import math

import torch
from torch import Tensor, nn


def relative_position_bucket(
    relative_position: Tensor,
    bidirectional: bool = True,
    num_buckets: int = 32,
    max_distance: int = 128,
) -> Tensor:
    """Key position minus query position -> bucket, int64 of the same shape.

    Half of a direction's buckets hold one distance each, the others cover
    ranges that grow with the distance, up to `max_distance` and all beyond.
    """
    if bidirectional:
        num_buckets //= 2
        first = num_buckets * (relative_position > 0)
        distance = relative_position.abs()
    else:
        first = torch.zeros_like(relative_position)
        distance = (-relative_position).clamp(min=0)
    exact = num_buckets // 2
    # Shorter distances are not looked at here, but have a logarithm, too.
    beyond = torch.log(distance.clamp(min=exact) / exact)
    share = beyond / math.log(max_distance / exact)
    coarse = exact + (share * (num_buckets - exact)).long()
    coarse = coarse.clamp(max=num_buckets - 1)
    return first + torch.where(distance < exact, distance, coarse)


class RelativePositionBias(nn.Module):
    """One number per bucket and head, added to the scores before softmax."""

    def __init__(
        self,
        num_heads: int,
        bidirectional: bool = True,
        num_buckets: int = 32,
        max_distance: int = 128,
    ):
        super().__init__()
        self.bidirectional = bidirectional
        self.num_buckets = num_buckets
        self.max_distance = max_distance
        self.relative_attention_bias = nn.Embedding(num_buckets, num_heads)

    def forward(self, T_q: int, T_k: int) -> Tensor:
        """Return (1, num_heads, T_q, T_k) for the last T_q of T_k positions."""
        device = self.relative_attention_bias.weight.device
        keys = torch.arange(T_k, device=device)
        queries = keys[T_k - T_q :].unsqueeze(-1)
        buckets = relative_position_bucket(
            keys - queries,
            self.bidirectional,
            self.num_buckets,
            self.max_distance,
        )
        bias = self.relative_attention_bias(buckets)  # (T_q, T_k, num_heads)
        return bias.permute(2, 0, 1).unsqueeze(0)
