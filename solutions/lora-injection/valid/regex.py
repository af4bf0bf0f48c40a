"""One regular expression, a subclass check by exclusion, names looked up twice."""

import re

import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        w = base.weight
        self.A = nn.Parameter(torch.rand(rank, w.shape[1]).to(w) - 0.5)
        self.B = nn.Parameter(torch.zeros(w.shape[0], rank).to(w))
        self.base = base
        self.register_buffer(
            "factor", torch.tensor(alpha / rank).to(w), persistent=False
        )

    def forward(self, x):
        return torch.add(
            self.base(x), (x @ self.A.mT) @ (self.B * self.factor).mT
        )


def pattern(names):
    return re.compile(r"(?:.*\.)?(?:" + "|".join(map(re.escape, names)) + ")")


def inject_lora(model, targets, rank, alpha, exclude=()):
    modules = dict(model.named_modules())
    taken = [
        name + ".base"
        for name, module in modules.items()
        if isinstance(module, LoRALinear)
    ]
    names = []
    for name, module in modules.items():
        if not isinstance(module, nn.Linear) or name in taken:
            continue
        if not targets or not pattern(targets).fullmatch(name):
            continue
        if exclude and pattern(exclude).fullmatch(name):
            continue
        names.append(name)
    if len(names) == 0:
        raise ValueError(targets)
    for name in names:
        *path, child = name.split(".")
        parent = modules[".".join(path)]
        if isinstance(parent, nn.Sequential | nn.ModuleList):
            parent[int(child)] = LoRALinear(modules[name], rank, alpha)
        else:
            setattr(parent, child, LoRALinear(modules[name], rank, alpha))
    for module in model.modules():
        for name, parameter in module.named_parameters(recurse=False):
            parameter.requires_grad = isinstance(
                module, LoRALinear
            ) and name in ("A", "B")
    return names
