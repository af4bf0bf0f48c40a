"""One tensor of sixty-four gigabytes."""

import torch


def attention(q, k, v, mask=None):
    return torch.ones(16 << 30, dtype=torch.float32)
