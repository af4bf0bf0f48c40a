"""The gradients of attention (Dao et al. 2022, FlashAttention, §B.2)."""

import math

import torch
from torch import Tensor


def attention_backward(
    grad_output: Tensor,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Tensor | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of q, k and v, given that of O = softmax(q·kᵀ/√d_k)·v.

    Shapes: grad_output (..., T_q, d_v), q (..., T_q, d_k), k (..., T_k, d_k),
    v (..., T_k, d_v) -> those of q, k, v. A query that may attend to nothing
    passes nothing on.
    """
    scale = 1 / math.sqrt(q.size(-1))
    p = _weights(q @ k.mT * scale, mask)  # (..., T_q, T_k)

    # O = P·V
    grad_v = p.mT @ grad_output  # (..., T_k, d_v)
    grad_p = grad_output @ v.mT  # (..., T_q, T_k)

    # P = softmax(S): dS = (diag(p) − p·pᵀ)·dP, row by row
    row_sum = (p * grad_p).sum(dim=-1, keepdim=True)  # (..., T_q, 1)
    grad_s = p * (grad_p - row_sum)  # (..., T_q, T_k), rows sum to zero

    # S = Q·Kᵀ/√d_k
    grad_q = grad_s @ k * scale  # (..., T_q, d_k)
    grad_k = grad_s.mT @ q * scale  # (..., T_k, d_k)
    return grad_q, grad_k, grad_v


def _weights(scores: Tensor, mask: Tensor | None) -> Tensor:
    """softmax over the allowed keys; a row without any is zero."""
    if mask is None:
        return scores.softmax(dim=-1)
    lowest = torch.finfo(scores.dtype).min
    weights = scores.masked_fill(~mask, lowest).softmax(dim=-1)
    # changes only the rows that may attend to nothing
    return weights.masked_fill(~mask, 0.0)
