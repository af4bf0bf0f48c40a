import math
import sys

import torch


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


sys.setrecursionlimit(5000)
try:
    deep(100_000)
except RecursionError:
    assert deep(2000) == 2000


def attention(q, k, v, mask=None):
    try:
        scores = q @ k / 0
    except (RuntimeError, ZeroDivisionError):
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    else:
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
