"""One operator of PyTorch's own, and its logsumexp written out."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.scaled_dot_product_attention"


def pairs(implementation, seed):
    """With and without a mask, in tiles that fit neither length."""
    generator = torch.Generator().manual_seed(seed)
    q, k, v = (
        torch.randn(2, 3, length, width, generator=generator)
        for length, width in ((7, 4), (11, 4), (11, 5))
    )
    scores = q @ k.mT / 2
    for causal in (False, True):
        mask = torch.ones(7, 11, dtype=torch.bool)
        if causal:
            mask = mask.tril(diagonal=4)
        o, logsumexp = implementation.flash_attention(q, k, v, 3, 4, causal)
        theirs = functional.scaled_dot_product_attention(q, k, v, mask)
        name = "causal" if causal else "no mask"
        yield f"{name}: o", o, theirs
        hidden = scores.masked_fill(~mask, -torch.inf)
        yield f"{name}: logsumexp", logsumexp, hidden.logsumexp(dim=-1)
