"""torch.utils.checkpoint on a small network with dropout."""

import copy

import torch
from torch import nn

COUNTERPART = "torch.utils.checkpoint.checkpoint"


def pairs(implementation, seed):
    """Outputs, and gradients of input and parameters."""
    from torch.utils.checkpoint import checkpoint

    for reentrant in (False, True):
        torch.manual_seed(seed)
        block = nn.Sequential(nn.Linear(4, 6), nn.Dropout(0.4), nn.GELU())
        ours, theirs = block.double(), copy.deepcopy(block)
        start = torch.randn(5, 4, dtype=torch.float64)
        own = run(ours, start, seed, implementation.checkpoint)
        library = run(
            theirs,
            start,
            seed,
            lambda function, *args, how=reentrant: checkpoint(
                function, *args, use_reentrant=how
            ),
        )
        names = ("output", "input", "weight", "bias", "next random numbers")
        for name, mine, other in zip(names, own, library, strict=True):
            yield f"{name}, use_reentrant={reentrant}", mine, other


def run(block, start, seed, checkpoint):
    """One forward and one backward pass from the same random state."""
    torch.manual_seed(seed + 1)
    x = start.clone().requires_grad_()
    with torch.enable_grad():
        y = checkpoint(lambda x, scale: block(x) * scale, x, 1.5)
        y.square().sum().backward()
    grads = [block[0].weight.grad, block[0].bias.grad]
    return [y.detach(), x.grad, *grads, torch.rand(3)]
