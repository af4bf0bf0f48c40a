"""The weights that PyTorch's module returns beside its output, for one head."""

import torch
from torch import nn

COUNTERPART = "torch.nn.MultiheadAttention"


def pairs(implementation, seed):
    """One head as wide as the model: through two matrices, through one."""
    torch.manual_seed(seed)
    theirs = nn.MultiheadAttention(12, 1, bias=False, batch_first=True)
    W_q, W_k, _ = theirs.in_proj_weight.data.chunk(3)  # each (out, in)
    x = torch.randn(2, 5, 12)
    _, expected = theirs(x, x, x)
    two = implementation.attention_map(x, W_q.T, W_k.T)
    yield "two matrices", two, expected
    M = implementation.merge(W_q.T, W_k.T)
    yield "merged", implementation.merged_attention_map(x, M, 12), expected
    again = implementation.attention_map(x, *implementation.split(M, 12))
    yield "split again", again, expected
