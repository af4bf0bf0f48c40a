"""Muon (Jordan et al. 2024): momentum whose singular values are all about 1."""

from collections.abc import Iterable

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # steep at 0, near 1 afterwards


def newton_schulz(matrix: Tensor, steps: int = 5, eps: float = 1e-7) -> Tensor:
    """Draw the singular values of (..., m, n) to about 1, without SVD."""
    a, b, c = COEFFICIENTS
    is_tall = matrix.size(-2) > matrix.size(-1)
    x = matrix.mT if is_tall else matrix  # (..., r, k), r = min(m, n)
    x = x.to(torch.promote_types(x.dtype, torch.float32))
    # the Frobenius norm bounds the largest singular value
    x = x / x.norm(dim=(-2, -1), keepdim=True).clamp(min=eps)

    for _ in range(steps):
        gram = x @ x.mT  # (..., r, r)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if is_tall else x).to(matrix.dtype)


class Muon:
    """For weight matrices; everything else takes AdamW."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 0.02,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
    ):
        self.params = list(params)
        if any(parameter.dim() != 2 for parameter in self.params):
            raise ValueError("Muon is for matrices")
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.buffers = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self) -> None:
        """Update every parameter that has a gradient, in place."""
        for parameter, buffer in zip(self.params, self.buffers, strict=True):
            grad = parameter.grad
            if grad is None:
                continue
            buffer.mul_(self.momentum).add_(grad)
            update = newton_schulz(grad + self.momentum * buffer)  # Nesterov

            # a tall matrix has fewer directions than rows: longer steps
            rows, columns = parameter.shape
            scale = max(1.0, rows / columns) ** 0.5
            parameter.mul_(1 - self.lr * self.weight_decay)
            parameter.sub_(self.lr * scale * update)

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to None."""
        for parameter in self.params:
            parameter.grad = None
