import random

import torch
from torch import nn


class Dropout(nn.Module):
    """Randomness of Python's own, from the system."""

    def __init__(self, p=0.5):
        super().__init__()
        if p < 0.0 or p > 1.0:
            raise ValueError("not a probability")
        self.p = p
        self.generator = random.SystemRandom()

    def forward(self, x):
        if not self.training or self.p == 0:
            return x.clone()
        kept = [self.generator.random() >= self.p for _ in range(x.numel())]
        mask = torch.tensor(kept, dtype=x.dtype).view(x.shape)
        return x * mask / max(1 - self.p, 1e-30)
