"""PyTorch's own multi-head attention, with the same weights."""

import torch
from torch import nn

COUNTERPART = "torch.nn.MultiheadAttention"


def pairs(implementation, seed):
    """Cross-attention without and with a mask."""
    torch.manual_seed(seed)
    ours = implementation.MultiHeadAttention(12, 3)
    theirs = nn.MultiheadAttention(12, 3, bias=False, batch_first=True)
    inputs = torch.cat([ours.W_q.weight, ours.W_k.weight, ours.W_v.weight])
    with torch.no_grad():
        theirs.in_proj_weight.copy_(inputs)
        theirs.out_proj.weight.copy_(ours.W_o.weight)
    query, key = torch.randn(2, 5, 12), torch.randn(2, 7, 12)
    value = torch.randn(2, 7, 12)
    yield "no mask", ours(query, key, value), theirs(query, key, value)[0]
    mask = torch.rand(2, 5, 7) < 0.6
    mask[..., 0] = True  # a row with nothing in it is NaN there
    blocked = (~mask).repeat_interleave(3, dim=0)  # True = may not, per head
    expected = theirs(query, key, value, attn_mask=blocked)[0]
    yield "mask", ours(query, key, value, mask), expected
