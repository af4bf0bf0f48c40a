import torch
from torch import nn


class RMSNorm(torch.nn.Module):
    def __init__(self, dim: int, eps: float = 1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.empty(dim))
        nn.init.ones_(self.weight)

    def _norm(self, x):
        return x * (x.pow(2).mean(-1, keepdim=True) + self.eps).pow(-0.5)

    def forward(self, x):
        return self._norm(x.float()).type_as(x) * self.weight
