"""On the weight instead of the activations."""

import torch
import torch.nn.functional as F
from torch import nn


class IA3Linear(nn.Module):
    def __init__(self, base, feed_forward=False):
        super().__init__()
        base.weight.requires_grad_(False)
        if base.bias is not None:
            base.bias.requires_grad_(False)
        self.base = base
        self.axis = 1 if feed_forward else 0
        self.scale = nn.Parameter(
            torch.ones_like(base.weight.select(1 - self.axis, 0))
        )

    def parts(self):
        weight, bias = self.base.weight, self.base.bias
        if self.axis == 1:
            return weight * self.scale[None], bias
        weight = weight * self.scale[:, None]
        return weight, None if bias is None else bias * self.scale

    def forward(self, x):
        return F.linear(x, *self.parts())

    def merged(self):
        weight, bias = self.parts()
        out = nn.Linear(*reversed(weight.shape), bias=bias is not None)
        out = out.to(weight.dtype)
        state = {"weight": weight} | ({} if bias is None else {"bias": bias})
        out.load_state_dict({k: v.detach() for k, v in state.items()})
        return out


def add_ia3(model, scaled, feed_forward):
    found = {}
    for name, module in model.named_modules():
        last = name.split(".")[-1]
        if type(module) is nn.Linear and last in (*scaled, *feed_forward):
            found[name] = last in feed_forward
    if len(found) == 0:
        raise ValueError("no layer found")
    for name, inside in found.items():
        path = name.split(".")
        parent = model.get_submodule(".".join(path[:-1]))
        setattr(parent, path[-1], IA3Linear(getattr(parent, path[-1]), inside))
    count = 0
    for name, parameter in model.named_parameters():
        mine = isinstance(
            model.get_submodule(name.rpartition(".")[0]), IA3Linear
        )
        parameter.requires_grad = mine and name.endswith("scale")
        count += parameter.numel() if parameter.requires_grad else 0
    return count
