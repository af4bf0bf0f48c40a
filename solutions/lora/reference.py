"""LoRA: a low-rank update beside a frozen layer (Hu et al. 2021, §4.1)."""

import math

import torch
from torch import Tensor, nn


class LoRALinear(nn.Module):
    """`base(x)` plus a trainable update of rank r: W₀x + b + (α/r)·B·A·x.

    A (rank, d_in) starts random and B (d_out, rank) at zero, so that training
    starts from the base model.
    """

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        self.base = base.requires_grad_(False)
        d_in, d_out = base.in_features, base.out_features
        self.A = nn.Parameter(torch.randn(rank, d_in) / math.sqrt(d_in))
        self.B = nn.Parameter(torch.zeros(d_out, rank))
        self.scale = alpha / rank
        self.merged = False

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_in) -> (..., d_out)."""
        out = self.base(x)
        if self.merged:
            return out
        # two thin products, (..., rank) in between: B @ A would be as large as
        # the weight itself
        return out + x @ self.A.T @ self.B.T * self.scale  # (..., d_out)

    @torch.no_grad()
    def merge(self) -> None:
        """Add the update to the base weight.

        Then forward costs no more than the base layer.
        """
        if not self.merged:
            self.base.weight += self.update()
            self.merged = True

    @torch.no_grad()
    def unmerge(self) -> None:
        """Take the update out of the base weight again."""
        if self.merged:
            self.base.weight -= self.update()
            self.merged = False

    def update(self) -> Tensor:
        """ΔW = (α/r)·B·A, shape (d_out, d_in)."""
        return self.B @ self.A * self.scale
