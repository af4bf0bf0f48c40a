"""Multi-head attention in NumPy (Vaswani et al. 2017, §3.2.2)."""

import math

import numpy as np


def multi_head_attention(
    x: np.ndarray,
    W_q: np.ndarray,
    W_k: np.ndarray,
    W_v: np.ndarray,
    W_o: np.ndarray,
    num_heads: int,
    causal: bool = False,
) -> np.ndarray:
    """Self-attention of H heads.

    Shapes: x (B, T, d_model), W_q and W_k (d_model, H * d_k),
    W_v (d_model, H * d_v), W_o (H * d_v, d_out) -> (B, T, d_out).
    """
    B, T, _ = x.shape
    q = split_heads(x @ W_q, num_heads)  # (B, H, T, d_k)
    k = split_heads(x @ W_k, num_heads)  # (B, H, T, d_k)
    v = split_heads(x @ W_v, num_heads)  # (B, H, T, d_v)
    # math.sqrt, for np.sqrt is a float64 and would widen float32 scores
    scores = q @ k.swapaxes(-2, -1) / math.sqrt(q.shape[-1])  # (B, H, T, T)
    if causal:
        seen = np.tril(np.ones((T, T), dtype=bool))
        scores = np.where(seen, scores, -np.inf)
    heads = softmax(scores) @ v  # (B, H, T, d_v)
    merged = heads.swapaxes(1, 2).reshape(B, T, -1)  # (B, T, H * d_v)
    return merged @ W_o


def split_heads(x: np.ndarray, num_heads: int) -> np.ndarray:
    """(B, T, H * d) -> (B, H, T, d)."""
    B, T, _ = x.shape
    return x.reshape(B, T, num_heads, -1).swapaxes(1, 2)


def softmax(x: np.ndarray) -> np.ndarray:
    """Rows of the last axis that are positive and sum to 1.

    Their maximum is taken off first, so that exp cannot overflow.
    """
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
