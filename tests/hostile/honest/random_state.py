import math
import random

import numpy as np
import torch

torch.manual_seed(1234)
random.seed(1234)
np.random.seed(1234)
noise = torch.randn(4, 4)


def attention(q, k, v, mask=None):
    torch.manual_seed(0)
    torch.rand(3)
    random.random()
    np.random.rand()
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
