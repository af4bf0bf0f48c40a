"""Inverted dropout (Srivastava et al. 2014, §4; scaled in training, §10)."""

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Sets elements to zero with probability p, in training only.

    The others are scaled by 1 / (1 − p), so that the expectation stays x.

    Raises:
        ValueError: if p is no probability.
    """

    def __init__(self, p: float = 0.5):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"p is {p}, but a probability lies in [0, 1]")
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (...) -> (...), in the dtype of x."""
        if not self.training:
            return x
        # float32 numbers for every dtype: bfloat16 has too few below 1
        dropped = torch.rand(x.shape, device=x.device) < self.p  # (...)
        scale = 1 / (1 - self.p) if self.p < 1 else 0.0
        return x.masked_fill(dropped, 0.0) * scale
