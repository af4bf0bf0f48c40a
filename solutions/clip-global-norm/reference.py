"""Clipping by the global norm (Pascanu et al. 2012, §3.2)."""

from collections.abc import Iterable

import torch
from torch import Tensor


@torch.no_grad()
def clip_global_norm_(params: Iterable[Tensor], max_norm: float) -> Tensor:
    """Scale all gradients so that together they are at most `max_norm` long.

    Changes them in place and returns their norm before, a scalar tensor.
    """
    grads = [p.grad for p in params if p.grad is not None]
    if not grads:
        return torch.zeros(())

    # the norm of the norms is the norm of everything laid end to end
    norm = torch.stack([grad.norm() for grad in grads]).norm()
    factor = (max_norm / (norm + 1e-6)).clamp(max=1)
    for grad in grads:
        grad.mul_(factor)  # one factor for all: the direction stays
    return norm
