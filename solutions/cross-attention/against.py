"""The same weights in PyTorch's module, which takes kdim and vdim."""

import torch
from torch import nn

COUNTERPART = "torch.nn.MultiheadAttention"


def pairs(implementation, seed):
    """Without padding and with it; the mask there is True at the padding."""
    torch.manual_seed(seed)
    ours = implementation.CrossAttention(24, 10, 4)
    theirs = nn.MultiheadAttention(
        24, 4, bias=False, kdim=10, vdim=10, batch_first=True
    )
    theirs.q_proj_weight.data.copy_(ours.W_q.weight.data)
    theirs.k_proj_weight.data.copy_(ours.W_k.weight.data)
    theirs.v_proj_weight.data.copy_(ours.W_v.weight.data)
    theirs.out_proj.weight.data.copy_(ours.W_o.weight.data)
    x, memory = torch.randn(3, 5, 24), torch.randn(3, 7, 10)
    real = torch.arange(7) < torch.tensor([[7], [4], [1]])
    yield "no padding", ours(x, memory), theirs(x, memory, memory)[0]
    expected, _ = theirs(x, memory, memory, key_padding_mask=~real)
    yield "padding", ours(x, memory, real), expected
