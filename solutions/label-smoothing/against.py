"""PyTorch's own cross-entropy with its argument label_smoothing."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.cross_entropy"


def pairs(implementation, seed):
    """Several ε, then with ignored labels."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(12, 5, generator=generator, dtype=torch.float64) * 9
    target = torch.randint(5, (12,), generator=generator)
    for epsilon in (0.0, 0.1, 0.6, 1.0):
        ours = implementation.label_smoothing_loss(logits, target, epsilon)
        theirs = functional.cross_entropy(
            logits, target, label_smoothing=epsilon
        )
        yield f"ε = {epsilon}", ours, theirs
    ours = implementation.label_smoothing_loss(logits, target, 0.2, 3)
    theirs = functional.cross_entropy(
        logits, target, ignore_index=3, label_smoothing=0.2
    )
    yield "class 3 ignored", ours, theirs
