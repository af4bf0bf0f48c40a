"""torch.amp.GradScaler: weights and scale, some steps with an overflow."""

import torch
from torch import nn

COUNTERPART = "torch.amp.GradScaler"


def pairs(implementation, seed):
    """The same gradients for both, scaled by each one's own factor."""
    settings = {
        "growth_factor": 3.0,
        "backoff_factor": 0.25,
        "growth_interval": 3,
    }
    ours, theirs = problem(seed), problem(seed)
    own = implementation.LossScaler(1024.0, **settings)
    library = torch.amp.GradScaler("cpu", init_scale=1024.0, **settings)
    library.scale(torch.ones(()))  # it makes its factor when first used
    generator = torch.Generator().manual_seed(seed)
    for step in range(24):
        gradient = torch.randn(4, generator=generator)
        if step % 7 == 5:
            gradient[step % 4] = float("inf") if step % 2 else float("nan")
        factors = (own.loss_scale, library.get_scale())
        for (weight, _), factor in zip((ours, theirs), factors, strict=True):
            weight.grad = gradient * factor
        if step % 3 == 0:
            own.unscale_(ours[1])
            library.unscale_(theirs[1])
        own.step(ours[1])
        library.step(theirs[1])
        library.update()
        yield f"weights after step {step + 1}", ours[0], theirs[0]
        scales = (own.loss_scale, library.get_scale())
        yield f"scale after step {step + 1}", *map(torch.tensor, scales)


def problem(seed):
    """A parameter and its optimiser."""
    generator = torch.Generator().manual_seed(seed)
    weight = nn.Parameter(torch.randn(4, generator=generator))
    return weight, torch.optim.SGD([weight], lr=0.1, momentum=0.9)
