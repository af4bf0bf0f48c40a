"""Matryoshka representation learning (Kusupati et al. 2022, §3)."""

from collections.abc import Callable, Sequence

import torch.nn.functional as F
from torch import Tensor


def matryoshka_loss(
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    u: Tensor,
    v: Tensor,
    dims: Sequence[int],
    weights: Sequence[float] | None = None,
) -> Tensor:
    """Σ_k w_k · loss_fn of the first k components, unit length again.

    Shapes: u, v (B, d) -> (). The encoder runs once for all prefixes.
    """
    if weights is None:
        weights = [1.0] * len(dims)
    parts = list(zip(dims, weights, strict=True))  # unlike lengths: ValueError
    if min(dims) < 1 or max(dims) > u.size(-1):  # a slice would not complain
        raise ValueError("a prefix has between 1 and d components")
    total = u.new_zeros(())
    for k, weight in parts:
        a, b = F.normalize(u[:, :k], dim=-1), F.normalize(v[:, :k], dim=-1)
        total = total + weight * loss_fn(a, b)
    return total
