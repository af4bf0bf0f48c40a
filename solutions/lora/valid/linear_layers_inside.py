import torch
import torch.nn.functional as F
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        for parameter in base.parameters():
            parameter.requires_grad = False
        self.base = base
        self.alpha, self.rank = alpha, rank
        self.A = nn.Parameter(torch.empty(rank, base.weight.shape[1]))
        self.B = nn.Parameter(torch.zeros(base.weight.shape[0], rank))
        nn.init.kaiming_uniform_(self.A, a=5**0.5)
        self._saved = None

    def forward(self, x):
        if self._saved is not None:
            return self.base(x)
        return self.base(x) + F.linear(F.linear(x, self.A), self.B) * (
            self.alpha / self.rank
        )

    def merge(self):
        if self._saved is None:
            self._saved = self.base.weight.detach().clone()
            self.base.weight.data = self._saved + (self.alpha / self.rank) * (
                self.B.data @ self.A.data
            )

    def unmerge(self):
        if self._saved is not None:
            self.base.weight.data.copy_(self._saved)
            self._saved = None
