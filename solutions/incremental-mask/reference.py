"""Masks and positions of a decoder that already holds a KV cache.

Causality is that of Vaswani et al. 2017, §3.2.3; new are the past and padding
on the left, as batched generation has it.
"""

import torch
from torch import Tensor


def causal_mask(
    query_length: int, key_length: int, key_mask: Tensor | None = None
) -> Tensor:
    """Which keys the newest `query_length` of `key_length` tokens may see.

    Shapes: (query_length, key_length); with key_mask (B, key_length), where
    true means a real token, (B, 1, query_length, key_length).
    """
    if query_length > key_length:
        raise ValueError(f"{query_length} queries, only {key_length} keys")
    past = key_length - query_length  # 0 in prefill, key_length - 1 in decoding
    device = None if key_mask is None else key_mask.device
    keys = torch.arange(key_length, device=device)  # (K,)
    # where a query stands in the whole sequence, not in its chunk
    queries = keys[past:, None]  # (Q, 1)
    mask = keys <= queries  # (Q, K)
    if key_mask is None:
        return mask
    return mask & key_mask.bool()[:, None, None, :]  # (B, 1, Q, K)


def query_positions(key_mask: Tensor, query_length: int) -> Tensor:
    """Positions of the newest tokens: how many real ones stand before each.

    Shapes: key_mask (B, K) -> int64 (B, query_length); padding has 0.
    """
    real = key_mask.bool()  # (B, K)
    positions = (real.cumsum(dim=-1) - 1).masked_fill(~real, 0)  # (B, K)
    return positions[:, real.size(1) - query_length :]  # (B, Q)
