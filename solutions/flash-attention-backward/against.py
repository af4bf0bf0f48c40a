"""PyTorch's autograd through its own attention."""

import torch
from torch.nn import functional

COUNTERPART = "torch.autograd.grad"


def pairs(implementation, seed):
    """With and without a mask, in tiles that fit neither length."""
    generator = torch.Generator().manual_seed(seed)
    q, k, v, d_o = (
        torch.randn(2, 3, length, width, generator=generator)
        for length, width in ((7, 4), (11, 4), (11, 5), (7, 5))
    )
    for causal in (False, True):
        mask = torch.ones(7, 11, dtype=torch.bool)
        if causal:
            mask = mask.tril(diagonal=4)
        inputs = [x.clone().requires_grad_() for x in (q, k, v)]
        with torch.enable_grad():
            o = functional.scaled_dot_product_attention(*inputs, mask)
        theirs = torch.autograd.grad(o, inputs, d_o)
        scores = (q @ k.mT / 2).masked_fill(~mask, -torch.inf)
        kept = q, k, v, o.detach(), scores.logsumexp(dim=-1)
        ours = implementation.flash_attention_backward(*kept, d_o, 3, 4, causal)
        name = "causal" if causal else "no mask"
        for letter, own, other in zip("qkv", ours, theirs, strict=True):
            yield f"{name}: d_{letter}", own, other
