"""Base output and update scaled apart, as a branch."""

import torch
from torch import nn


class DoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        for parameter in base.parameters():
            parameter.requires_grad_(False)
        self.base = base
        self.rank, self.alpha = rank, alpha
        w = base.weight
        self.m = nn.Parameter(torch.linalg.vector_norm(w.detach(), dim=1))
        self.B = nn.Parameter(torch.zeros(w.shape[0], rank).to(w))
        self.A = nn.Parameter(torch.rand(rank, w.shape[1]).to(w))

    def gain(self):
        with torch.no_grad():
            v = (
                self.base.weight.double()
                + (self.B.double() @ self.A.double()) * self.alpha / self.rank
            )
            norm = v.pow(2).sum(-1).sqrt()
        return self.m / norm.to(self.m.dtype)

    def forward(self, x):
        gain = self.gain()
        plain = x @ self.base.weight.mT
        low = x @ self.A.mT @ self.B.mT * (self.alpha / self.rank)
        out = plain + (gain - 1) * plain + gain * low
        return out if self.base.bias is None else out + self.base.bias

    def merged_weight(self):
        v = self.base.weight + self.B @ self.A * (self.alpha / self.rank)
        return torch.diag(self.gain()) @ v
