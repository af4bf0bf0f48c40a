import torch
from torch import nn


class Dropout(nn.Module):
    def __init__(self, p=0.5):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError("p must be between 0 and 1")
        self.keep = 1.0 - p

    def forward(self, x):
        if self.training and self.keep < 1:
            if self.keep == 0:
                return x * 0
            noise = torch.full(x.shape, self.keep).bernoulli().div(self.keep)
            x = x * noise.to(x.dtype)
        return x
