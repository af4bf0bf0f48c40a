"""PyTorch's own BatchNorm1d, batch after batch."""

import torch
from torch import nn

COUNTERPART = "torch.nn.BatchNorm1d"


def pairs(implementation, seed):
    """Three training batches with buffers, then evaluation."""
    torch.manual_seed(seed)
    ours = implementation.BatchNorm(5, 1e-3, 0.3).double()
    theirs = nn.BatchNorm1d(5, 1e-3, 0.3).double()
    for name in ("weight", "bias"):
        values = torch.randn(5, dtype=torch.float64)
        getattr(ours, name).data.copy_(values)
        getattr(theirs, name).data.copy_(values)
    for step in range(3):
        x = torch.randn(4, 5, step + 1, dtype=torch.float64) * 3 + 1
        yield f"training, batch {step}", ours(x), theirs(x)
        yield "running_mean", ours.running_mean, theirs.running_mean
        yield "running_var", ours.running_var, theirs.running_var
    x = torch.randn(2, 5, dtype=torch.float64)
    yield "evaluation", ours.eval()(x), theirs.eval()(x)
