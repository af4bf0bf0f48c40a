import numpy as np
import torch


def scale(width):
    return float(1 / np.sqrt(np.float64(width)))


def attention(q, k, v, mask=None):
    scores = torch.einsum("...qd,...kd->...qk", q, k) * scale(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float(np.finfo(np.float32).min) / 2)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
