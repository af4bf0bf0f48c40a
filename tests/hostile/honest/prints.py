import logging
import math
import sys
from pprint import pprint

import torch

logging.basicConfig(level=logging.DEBUG)
print("loaded", flush=True)


def attention(q, k, v, mask=None):
    print("q", q.shape, "k", k.shape, "v", v.shape, file=sys.stderr)
    logging.debug("mask %s", mask)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    pprint({"scores": scores, "图": "注意力 🎯"})
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    print(weights * 1.0)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
