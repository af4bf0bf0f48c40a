"""Transformer masks (Vaswani et al. 2017, §3.2.3); True = may attend."""

import torch
from torch import Tensor


def padding_mask(lengths: Tensor, T: int) -> Tensor:
    """Which of `T` keys are real tokens, the same for every query.

    Shapes: lengths (B,) -> (B, 1, T).
    """
    keys = torch.arange(T, device=lengths.device)  # (T,)
    return (keys < lengths[:, None])[:, None, :]  # (B, 1, T)


def causal_mask(
    T_q: int, T_k: int, device: torch.device | None = None
) -> Tensor:
    """Which keys are not in a query's future. Shape: (T_q, T_k).

    The queries are the last T_q of the T_k positions; the T_k - T_q before
    them are the past (a KV cache).
    """
    queries = torch.arange(T_k - T_q, T_k, device=device)[:, None]  # (T_q, 1)
    keys = torch.arange(T_k, device=device)  # (T_k,)
    return keys <= queries  # (T_q, T_k): a token may see itself


def combined_mask(lengths: Tensor, T_q: int, T_k: int) -> Tensor:
    """Keys that are real and not in the future.

    Shapes: lengths (B,), of all T_k keys -> (B, T_q, T_k).
    """
    return causal_mask(T_q, T_k, lengths.device) & padding_mask(lengths, T_k)
