import asyncio
import math

import torch


async def scored(q, k):
    await asyncio.sleep(0)
    return q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))


def attention(q, k, v, mask=None):
    scores = asyncio.run(scored(q, k))
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
