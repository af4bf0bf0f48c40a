"""RMSNorm (Zhang & Sennrich 2019, Eq. 4) in LLaMA's precision and order."""

import torch
from torch import Tensor, nn


class RMSNorm(nn.Module):
    """x / rms(x) · weight over the last axis: no mean, no bias.

    rms(x) = √(mean(x²) + ε)
    """

    def __init__(self, width: int, eps: float = 1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., width) -> (..., width)."""
        # squares overflow float16 from 256 on; bfloat16 adds them up in 8 bits
        wide = x.float()
        mean_square = wide.square().mean(dim=-1, keepdim=True)  # (..., 1)
        inverse_rms = torch.rsqrt(mean_square + self.eps)  # (..., 1)
        return (wide * inverse_rms).to(x.dtype) * self.weight
