"""The same loss of PyTorch's own, which wants one row per token."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.cross_entropy"


def pairs(implementation, seed):
    """All labels count, then some are ignored."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(3, 5, 7, generator=generator, dtype=torch.float64) * 20
    target = torch.randint(7, (3, 5), generator=generator)
    for place, index in (("all labels", -100), ("class 2 ignored", 2)):
        ours = implementation.cross_entropy(logits, target, index)
        theirs = functional.cross_entropy(
            logits.flatten(0, 1), target.flatten(), ignore_index=index
        )
        yield place, ours, theirs
    target[:, 2:] = -100
    ours = implementation.cross_entropy(logits, target)
    theirs = functional.cross_entropy(logits.flatten(0, 1), target.flatten())
    yield "padded", ours, theirs
