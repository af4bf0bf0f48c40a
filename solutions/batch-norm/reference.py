"""Batch normalisation (Ioffe & Szegedy 2015, §3)."""

import torch
from torch import Tensor, nn


class BatchNorm(nn.Module):
    """Normalises each channel over the batch and whatever follows it.

    In evaluation, running statistics stand in for those of the batch.
    """

    def __init__(
        self, num_features: int, eps: float = 1e-5, momentum: float = 0.1
    ):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.eps = eps
        self.momentum = momentum

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (N, C) or (N, C, L) -> the same.

        Raises:
            ValueError: in training with a single value per channel, which
                has no spread.
        """
        if self.training:
            mean, var = self._observe(x)
        else:
            mean, var = self.running_mean, self.running_var
        channels = (-1,) + (1,) * (x.dim() - 2)  # (C) or (C, 1)
        centred = x - mean.view(channels)
        scale = self.weight * torch.rsqrt(var + self.eps)  # (C)
        return centred * scale.view(channels) + self.bias.view(channels)

    def _observe(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and biased variance (C) of this batch; remembers them."""
        count = x.numel() // x.size(1)  # values per channel
        if count == 1:
            raise ValueError("one value per channel has no variance")
        axes = [0, *range(2, x.dim())]  # all but the channel
        var, mean = torch.var_mean(x, dim=axes, correction=0)
        with torch.no_grad():
            # what is remembered estimates the population: n − 1
            unbiased = var * (count / (count - 1))
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(unbiased, self.momentum)
        return mean, var
