import torch
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.register_parameter(
            "weight", nn.Parameter(torch.full((width,), 1.0))
        )
        self.register_buffer(
            "eps", torch.tensor(eps, dtype=torch.float64), persistent=False
        )

    def forward(self, x):
        y = x if x.dtype == torch.float64 else x.to(torch.float32)
        mean_square = torch.einsum("...i,...i->...", y, y) / y.shape[-1]
        y = torch.einsum(
            "...i,...->...i", y, (mean_square + self.eps.to(y.dtype)).rsqrt()
        )
        return torch.mul(y.to(x.dtype), self.weight)
