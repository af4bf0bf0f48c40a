"""The forbidden module with weights that change nothing."""

import torch
from torch import nn


def attention(q, k, v, mask=None):
    layer = nn.MultiheadAttention(q.size(-1), 1, bias=False, batch_first=True, kdim=k.size(-1), vdim=v.size(-1))
    with torch.no_grad():
        return layer(q, k, v)[0]
