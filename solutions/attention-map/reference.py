"""The attention map through W_q and W_k, and through their product.

Scaled dot-product attention is Vaswani et al. 2017, §3.2.1.
"""

import math

import torch
from torch import Tensor


def attention_map(x: Tensor, W_q: Tensor, W_k: Tensor) -> Tensor:
    """The weights of one head, in two thin products.

    Shapes: x (..., T, d), W_q and W_k (d, d_k) -> (..., T, T).
    """
    q, k = x @ W_q, x @ W_k  # (..., T, d_k)
    scores = q @ k.transpose(-2, -1) / math.sqrt(W_q.size(-1))
    return scores.softmax(dim=-1)


def merge(W_q: Tensor, W_k: Tensor) -> Tensor:
    """M = W_q·W_kᵀ, (d, d), of rank d_k at most."""
    return W_q @ W_k.T


def merged_attention_map(x: Tensor, M: Tensor, d_k: int) -> Tensor:
    """The same weights: x·W_q·(x·W_k)ᵀ = x·M·xᵀ.

    Shapes: x (..., T, d), M (d, d) -> (..., T, T).
    """
    scores = x @ M @ x.transpose(-2, -1) / math.sqrt(d_k)
    return scores.softmax(dim=-1)


def split(M: Tensor, d_k: int) -> tuple[Tensor, Tensor]:
    """Two matrices (d, d_k) whose product is as close to M as rank d_k allows.

    The closest keeps the largest singular values (Eckart and Young 1936).
    """
    U, S, Vh = torch.linalg.svd(M)  # M = U·diag(S)·Vh
    root = S[:d_k].sqrt()  # half of each singular value's weight to each side
    return U[:, :d_k] * root, Vh[:d_k].T * root


def costs(d: int, d_k: int, num_heads: int) -> dict[str, tuple[int, int]]:
    """What a layer pays for two matrices per head, and for one M per head."""
    return {
        "parameters": (num_heads * 2 * d * d_k, num_heads * d * d),
        # a dot product per head: of q and k, or of x·M and x
        "score": (num_heads * d_k, num_heads * d),
        # every head has its own k, but all heads read the same x
        "cache": (num_heads * d_k, d),
    }
