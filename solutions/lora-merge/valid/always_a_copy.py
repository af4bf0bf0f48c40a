"""Keeps the first weight from the beginning, and adapters as plain modules."""

import torch
import torch.nn.functional as F
from torch import nn


class SwitchableLoRA(nn.Module):
    def __init__(self, base):
        super().__init__()
        base.weight.requires_grad = False
        if base.bias is not None:
            base.bias.requires_grad = False
        self.base = base
        self.a, self.b, self.s = {}, {}, {}
        self.now = None
        self.first = None

    def add(self, name, A, B, alpha):
        if name in self.s:
            raise ValueError(name)
        self.a[name], self.b[name] = A.clone(), B.clone()
        self.s[name] = alpha / A.shape[0]

    def forward(self, x, name=None):
        if name is not None and name not in self.s:
            raise KeyError(name)
        if self.now is not None:
            if name not in (None, self.now):
                raise ValueError("another adapter is merged")
            return self.base(x)
        result = F.linear(x, self.base.weight, self.base.bias)
        if name is not None:
            low = F.linear(x, self.a[name])
            result = result + F.linear(low * self.s[name], self.b[name])
        return result

    def new_weight(self, name):
        if name not in self.s:
            raise KeyError(name)
        w = self.base.weight.detach() if self.now is None else self.first
        exact = w.double() + self.s[name] * (
            self.b[name].double() @ self.a[name].double()
        )
        return exact.to(w.dtype)

    def merge(self, name):
        if self.now == name:
            return
        w = self.new_weight(name)
        if self.now is None:
            self.first = self.base.weight.detach().clone()
        self.base.weight.data = w
        self.now = name

    def unmerge(self):
        if self.now is not None:
            self.base.weight.data = self.first
            self.now, self.first = None, None

    def export(self, name):
        w = self.new_weight(name)
        out = nn.Linear(
            self.base.in_features,
            self.base.out_features,
            bias=self.base.bias is not None,
            dtype=w.dtype,
        )
        out.weight = nn.Parameter(w, requires_grad=False)
        if self.base.bias is not None:
            out.bias = nn.Parameter(self.base.bias.detach().clone())
        return out
