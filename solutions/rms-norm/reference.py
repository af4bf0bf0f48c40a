"""RMSNorm (Zhang & Sennrich 2019, Eq. 4) with the precision and order of LLaMA."""

import torch
from torch import Tensor, nn


class RMSNorm(nn.Module):
    """x / rms(x) · weight over the last axis, where rms(x) = √(mean(x²) + ε): no mean, no bias."""

    def __init__(self, width: int, eps: float = 1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., width) -> (..., width)."""
        wide = x.float()  # squares overflow float16 from 256 on, and bfloat16 has 8 bits to add them up in
        inverse_rms = torch.rsqrt(wide.square().mean(dim=-1, keepdim=True) + self.eps)  # (..., 1)
        return (wide * inverse_rms).to(x.dtype) * self.weight
