"""Buffers, outer products rank by rank, the weight restored from a state dict."""

import torch
from torch import nn


class SwitchableLoRA(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        for parameter in base.parameters():
            parameter.requires_grad_(False)
        self.names = []
        self.alphas = []
        self._kept = None
        self._merged = -1

    def add(self, name, A, B, alpha):
        if name in self.names:
            raise ValueError(f"{name} exists")
        index = len(self.names)
        self.register_buffer(f"lora_A_{index}", A)
        self.register_buffer(f"lora_B_{index}", B)
        self.names.append(name)
        self.alphas.append(alpha)

    def _find(self, name):
        try:
            i = self.names.index(name)
        except ValueError:
            raise KeyError(name) from None
        return i, getattr(self, f"lora_A_{i}"), getattr(self, f"lora_B_{i}")

    def forward(self, x, name=None):
        out = self.base(x)
        if name is not None:
            i, A, B = self._find(name)
            if self._merged == -1:
                out = out + (self.alphas[i] / len(A)) * (x @ A.mT @ B.mT)
            elif self._merged != i:
                raise ValueError("merged with another")
        return out

    def _weight(self, name):
        i, A, B = self._find(name)
        w = self.base.weight if self._kept is None else self._kept["weight"]
        total = torch.zeros(w.shape, dtype=torch.float64)
        for a, b in zip(A.double(), B.double().mT, strict=True):
            total += torch.outer(b, a)
        return i, w.double() + total * self.alphas[i] / len(A)

    def merge(self, name):
        i, weight = self._weight(name)
        if i != self._merged:
            self.unmerge()
            self._kept = {
                k: v.clone() for k, v in self.base.state_dict().items()
            }
            self._merged = i
            with torch.no_grad():
                self.base.weight[:] = weight

    def unmerge(self):
        if self._kept is not None:
            self.base.load_state_dict(self._kept)
            self._kept, self._merged = None, -1

    def export(self, name):
        _, weight = self._weight(name)
        state = {**self.base.state_dict(), "weight": weight}
        bias = "bias" in state
        layer = nn.Linear(*self.base.weight.shape[::-1], bias=bias)
        layer = layer.to(self.base.weight.dtype)
        layer.load_state_dict(state)
        return layer
