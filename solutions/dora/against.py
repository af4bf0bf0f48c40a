"""DoRA as peft does it, around the same layer."""

import copy

import torch
from torch import nn

COUNTERPART = "peft.tuners.lora with use_dora=True"


def pairs(implementation, seed):
    """Fresh, trained and merged: magnitudes, outputs, gradients."""
    import peft

    torch.manual_seed(seed)
    base = nn.Linear(5, 7).double()
    wrapped = nn.Sequential(copy.deepcopy(base))
    ours = implementation.DoRALinear(base, 3, 7)
    config = peft.LoraConfig(
        r=3, lora_alpha=7, target_modules=["0"], use_dora=True
    )
    theirs = peft.get_peft_model(wrapped, config).base_model.model[0].double()
    magnitude = theirs.lora_magnitude_vector["default"]
    yield "magnitude at the start", ours.m, magnitude.weight
    with torch.no_grad():
        ours.B.normal_()
        ours.m.add_(torch.rand(7))
        theirs.lora_A["default"].weight.copy_(ours.A)
        theirs.lora_B["default"].weight.copy_(ours.B)
        magnitude.weight.copy_(ours.m)
    x = torch.randn(2, 4, 5).double()
    yield "output", ours(x), theirs(x)
    weights = torch.randn(2, 4, 7).double()
    with torch.enable_grad():
        for layer in (ours, theirs):
            (layer(x) * weights).sum().backward()
    yield "gradient of A", ours.A.grad, theirs.lora_A["default"].weight.grad
    yield "gradient of B", ours.B.grad, theirs.lora_B["default"].weight.grad
    yield "gradient of m", ours.m.grad, magnitude.weight.grad
    theirs.merge()
    yield "merged", ours.merged_weight(), theirs.base_layer.weight
