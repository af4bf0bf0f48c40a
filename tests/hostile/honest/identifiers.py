import math

import torch

π = math.pi
最小 = torch.finfo
naïve = True


def 分数(q, k, *, 缩放=True):
    """Q·Kᵀ / √dₖ"""
    s = q @ k.transpose(-2, -1)
    return s / math.sqrt(q.size(-1)) if 缩放 else s


def attention(q, k, v, mask=None):
    σ = 分数(q, k)
    if mask is not None:
        σ = σ.masked_fill(~mask, 最小(σ.dtype).min)
    权重 = σ.softmax(-1)
    if mask is not None:
        权重 = 权重.masked_fill(~mask, 0.0)
    return 权重 @ v
