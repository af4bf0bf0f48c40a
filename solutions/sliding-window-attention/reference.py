"""Causal sliding-window attention (Jiang et al. 2023, Mistral 7B, §2)."""

import math

import torch
from torch import Tensor


def sliding_window_mask(
    T_q: int, T_k: int, window: int, device: torch.device | None = None
) -> Tensor:
    """Which keys are neither in a query's future nor too long ago: (T_q, T_k).

    The queries are the last T_q of the T_k positions. A window counts the
    token itself.
    """
    queries = torch.arange(T_k - T_q, T_k, device=device)[:, None]  # (T_q, 1)
    keys = torch.arange(T_k, device=device)  # (T_k,)
    return (keys <= queries) & (queries - keys < window)


def sliding_window_attention(
    q: Tensor, k: Tensor, v: Tensor, window: int
) -> Tensor:
    """Attention of every token to the last `window` tokens.

    Shapes: q and k (..., T, d_k), v (..., T, d_v) -> (..., T, d_v).
    Queries are taken in blocks of `window`, w, each with the keys that it
    needs: O(T·w) time and memory.
    """
    T = q.size(-2)
    blocks = []
    for start in range(0, T, window):
        stop = min(start + window, T)
        first = max(0, start - window + 1)  # the oldest key that any query sees
        scores = (
            q[..., start:stop, :] @ k[..., first:stop, :].transpose(-2, -1)
        ) / math.sqrt(q.size(-1))  # (..., w, 2w - 1)
        mask = sliding_window_mask(stop - start, stop - first, window, q.device)
        # -inf is safe: a token sees itself, so no row is empty
        weights = scores.masked_fill(~mask, float("-inf")).softmax(dim=-1)
        blocks.append(weights @ v[..., first:stop, :])  # (..., w, d_v)
    return torch.cat(blocks, dim=-2)
