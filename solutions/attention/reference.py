"""Scaled dot-product attention (Vaswani et al. 2017, §3.2.1)."""

import math

import torch
from torch import Tensor


def attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None
) -> Tensor:
    """Each query averages the values, weighted by how well it matches each key.

    q (..., T_q, d_k), k (..., T_k, d_k), v (..., T_k, d_v) -> (..., T_q, d_v).
    `mask` broadcasts to (..., T_q, T_k); True = may attend.
    A query that may attend to nothing gives zeros.
    """
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))  # (..., T_q, T_k)
    if mask is not None:
        # the lowest finite number, not -inf: softmax of a row of -inf is NaN
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)  # (..., T_q, T_k), rows sum to 1
    if mask is not None:
        # changes only the rows that may attend to nothing
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v  # (..., T_q, d_v)
