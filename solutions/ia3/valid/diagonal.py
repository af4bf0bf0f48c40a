"""Diagonal matrices and a recursive walk."""

import torch
from torch import nn


class IA3Linear(nn.Module):
    def __init__(self, base, feed_forward=False):
        super().__init__()
        for p in base.parameters():
            p.requires_grad = False
        d_out, d_in = base.weight.shape
        self.scale = nn.Parameter(
            torch.ones(
                d_in if feed_forward else d_out,
                dtype=base.weight.dtype,
                device=base.weight.device,
            )
        )
        self.base, self.inside = base, feed_forward

    def forward(self, x):
        diagonal = torch.diag(self.scale)
        return (
            self.base(x @ diagonal) if self.inside else self.base(x) @ diagonal
        )

    def merged(self):
        w, b = self.base.weight.detach(), self.base.bias
        s = self.scale.detach()
        out = nn.Linear(w.shape[1], w.shape[0], bias=b is not None).to(w)
        out.weight = nn.Parameter(w * s if self.inside else (w.T * s).T)
        if b is not None:
            out.bias = nn.Parameter(b.detach() * (1 if self.inside else s))
        return out


def add_ia3(model, scaled, feed_forward):
    jobs = []

    def walk(module):
        for name, child in module.named_children():
            if isinstance(child, nn.Linear):
                if name in scaled or name in feed_forward:
                    jobs.append((module, name, child))
            else:
                walk(child)

    walk(model)
    if not jobs:
        raise ValueError("nothing to do")
    for p in model.parameters():
        p.requires_grad = False
    total = 0
    for module, name, child in jobs:
        new = IA3Linear(child, name in feed_forward)
        module._modules[name] = new
        total += new.scale.numel()
    return total
