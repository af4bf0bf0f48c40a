from torch import Tensor


def binary_focal_loss(
    logits: Tensor, targets: Tensor, gamma: float = 2.0, alpha: float | None = None
) -> Tensor:
    """logits, targets of 0 and 1, both (...) -> mean loss (scalar)."""
    raise NotImplementedError


def focal_loss(logits: Tensor, targets: Tensor, gamma: float = 2.0, alpha: Tensor | None = None) -> Tensor:
    """logits (N, C), targets (N,), alpha (C,) -> mean loss (scalar)."""
    raise NotImplementedError
