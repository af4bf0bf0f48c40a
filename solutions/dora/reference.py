"""Weight-decomposed low-rank adaptation (Liu et al. 2024, §4)."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class DoRALinear(nn.Module):
    """Magnitude m and direction W + (alpha / rank)·B·A, trained apart.

    Shapes: (..., d_in) -> (..., d_out), A (rank, d_in), B (d_out, rank),
    m (d_out,).
    """

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.scale = alpha / rank
        weight = base.weight
        d_out, d_in = weight.shape
        # new tensors like the weight, in dtype and device
        a = torch.randn_like(weight.new_empty(rank, d_in)) / math.sqrt(d_in)
        self.A = nn.Parameter(a)
        self.B = nn.Parameter(weight.new_zeros(d_out, rank))
        self.m = nn.Parameter(weight.norm(dim=1))

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.merged_weight(), self.base.bias)

    def merged_weight(self) -> Tensor:
        """Rows of the direction, scaled to the lengths m (d_out, d_in)."""
        direction = self.base.weight + self.scale * self.B @ self.A
        norm = direction.detach().norm(dim=1)  # (d_out,), a constant (§4.3)
        return (self.m / norm).unsqueeze(1) * direction
