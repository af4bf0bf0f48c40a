"""The same weights in PyTorch's module, which keeps them as (out, in)."""

import numpy as np
import torch
from torch import nn

COUNTERPART = "torch.nn.MultiheadAttention"


def pairs(implementation, seed):
    """With and without a causal mask, in float64."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(2, 5, 24))
    weights = [generator.normal(size=(24, 24)) / 24**0.5 for _ in range(4)]
    theirs = nn.MultiheadAttention(24, 4, bias=False, batch_first=True).double()
    stacked = torch.from_numpy(np.concatenate(weights[:3], axis=1).T.copy())
    theirs.in_proj_weight.data.copy_(stacked)
    theirs.out_proj.weight.data.copy_(torch.from_numpy(weights[3].T.copy()))
    inputs = torch.from_numpy(x)
    future = torch.ones(5, 5, dtype=torch.bool).triu(1)
    for place, causal in (("full", False), ("causal", True)):
        ours = implementation.multi_head_attention(x, *weights, 4, causal)
        mask = future if causal else None
        expected, _ = theirs(inputs, inputs, inputs, attn_mask=mask)
        yield place, torch.from_numpy(ours), expected
