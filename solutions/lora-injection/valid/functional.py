"""Walks the children of every module; F.linear with an identity check for bases."""

import torch
import torch.nn.functional as F
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base = base
        self.rank, self.alpha = rank, alpha
        self.B = nn.Parameter(base.weight.new_zeros(base.out_features, rank))
        self.A = nn.Parameter(base.weight.new_empty(rank, base.in_features))
        nn.init.kaiming_uniform_(self.A, a=5**0.5)

    def forward(self, x):
        low = F.linear(x, self.A)
        return self.base(x) + self.alpha / self.rank * F.linear(low, self.B)


def hit(path, patterns):
    parts = path.split(".")
    return any(parts[-len(p.split(".")) :] == p.split(".") for p in patterns)


def inject_lora(model, targets, rank, alpha, exclude=()):
    found = []

    def visit(module, prefix):
        for child, inner in module.named_children():
            path = prefix + child
            if isinstance(inner, LoRALinear):
                continue
            if isinstance(inner, nn.Linear):
                if hit(path, targets) and not hit(path, exclude):
                    found.append((module, child, inner, path))
            else:
                visit(inner, path + ".")

    visit(model, "")
    if not found:
        raise ValueError("nothing matches")
    for parent, child, linear, _ in found:
        parent.register_module(child, LoRALinear(linear, rank, alpha))
    lora = {
        p
        for m in model.modules()
        if isinstance(m, LoRALinear)
        for p in (m.A, m.B)
    }
    for parameter in model.parameters():
        parameter.requires_grad = parameter in lora
    return [path for *_, path in found]
