"""Attention with linear biases (Press et al. 2021, §3)."""

import torch
from torch import Tensor


def alibi_slopes(num_heads: int) -> Tensor:
    """One slope per head, (num_heads,); the slopes of n = 2^m heads fall from
    2^(-8/n) to 2^-8."""
    power = 2 ** (num_heads.bit_length() - 1)
    # Beyond a power of two: slopes that lie between those already there.
    between = _geometric(2 * power)[0::2]
    return torch.cat((_geometric(power), between[: num_heads - power]))


def _geometric(n: int) -> Tensor:
    k = torch.arange(1, n + 1, dtype=torch.float32)
    return 2.0 ** (-8.0 * k / n)


def alibi_bias(num_heads: int, T_q: int, T_k: int) -> Tensor:
    """The queries are the last T_q of T_k positions."""
    queries = torch.arange(T_k - T_q, T_k).unsqueeze(-1)
    distance = queries - torch.arange(T_k)  # (T_q, T_k), below 0 in the future
    slopes = alibi_slopes(num_heads).view(-1, 1, 1)
    bias = -slopes * distance  # (num_heads, T_q, T_k)
    return bias.masked_fill(distance < 0, -torch.inf)
