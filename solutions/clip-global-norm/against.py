"""torch.nn.utils.clip_grad_norm_: the norm returned, the gradients left."""

import torch
from torch import nn

COUNTERPART = "torch.nn.utils.clip_grad_norm_"


def pairs(implementation, seed):
    """Two copies of the same gradients, far above, near and below the bound."""
    for scale in (10.0, 0.2, 1e-4):
        ours, theirs = gradients(seed, scale), gradients(seed, scale)
        own = implementation.clip_global_norm_(iter(ours), 1.5)
        library = nn.utils.clip_grad_norm_(theirs, 1.5)
        yield f"norm of gradients times {scale}", own, library
        for index, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            if other.grad is not None:
                place = f"gradient {index} times {scale}"
                yield place, mine.grad / scale, other.grad / scale


def gradients(seed, scale):
    """Parameters in float64, one of them without gradient."""
    generator = torch.Generator().manual_seed(seed)
    made = []
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        values = torch.randn(shape, generator=generator, dtype=torch.float64)
        parameter = nn.Parameter(values)
        if shape != (5,):
            parameter.grad = values.flip(0) * scale if shape else values * scale
        made.append(parameter)
    return made
