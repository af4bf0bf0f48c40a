"""Layer normalisation over the last axis (Ba, Kiros & Hinton 2016, §3)."""

import torch
from torch import Tensor, nn


class LayerNorm(nn.Module):
    """(x − mean) / √(variance + ε) · weight + bias over the last axis.

    Each vector has a mean and a variance of its own.
    """

    def __init__(self, width: int, eps: float = 1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., width) -> (..., width), in the dtype of x."""
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        # centre first: E[x²] − E[x]² subtracts two large, nearly equal numbers
        centred = wide - wide.mean(dim=-1, keepdim=True)
        # (..., 1), divided by width, not width − 1
        variance = centred.square().mean(dim=-1, keepdim=True)
        normalised = centred * torch.rsqrt(variance + self.eps)
        return (normalised * self.weight + self.bias).to(x.dtype)
