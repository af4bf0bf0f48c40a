import math

import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        base.eval().requires_grad_(False)
        self.base = base
        self.A = nn.Parameter(
            torch.empty(rank, base.in_features).uniform_(-1, 1)
            / math.sqrt(base.in_features)
        )
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))
        self.scaling = float(alpha) / rank
        self.is_merged = False

    def delta(self):
        wide = torch.promote_types(self.A.dtype, torch.float32)
        return (self.scaling * self.B.detach().to(wide)) @ self.A.detach().to(
            wide
        )

    def forward(self, x):
        base_out = self.base(x)
        if not self.is_merged:
            base_out = torch.matmul(
                torch.matmul(x, self.A.mT), self.scaling * self.B.mT
            ).add(base_out)
        return base_out

    def _set(self, merged, sign):
        if self.is_merged == merged:
            return
        self.is_merged = merged
        weight = self.base.weight
        new = weight.detach() + sign * self.delta().to(weight.dtype)
        self.base.weight = nn.Parameter(new, requires_grad=False)

    def merge(self):
        self._set(True, 1)

    def unmerge(self):
        self._set(False, -1)
