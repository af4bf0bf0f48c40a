"""LoRA as peft does it, around the same layer."""

import copy

import torch
from torch import nn

COUNTERPART = "peft.tuners.lora.layer.Linear"


def pairs(implementation, seed):
    """Before and after merging, and after taking it out again."""
    import peft

    torch.manual_seed(seed)
    ours = implementation.LoRALinear(nn.Linear(5, 7), 3, 7)
    with torch.no_grad():
        ours.B.normal_()  # as after some training
    config = peft.LoraConfig(r=3, lora_alpha=7, target_modules=["0"])
    wrapped = nn.Sequential(copy.deepcopy(ours.base))
    theirs = peft.get_peft_model(wrapped, config).base_model.model[0]
    with torch.no_grad():
        theirs.lora_A["default"].weight.copy_(ours.A)
        theirs.lora_B["default"].weight.copy_(ours.B)
    x = torch.randn(2, 4, 5)
    yield "beside the base", ours(x), theirs(x)
    ours.merge()
    theirs.merge()
    yield "merged weight", ours.base.weight, theirs.base_layer.weight
    yield "merged", ours(x), theirs(x)
    ours.unmerge()
    theirs.unmerge()
    yield "taken out", ours.base.weight, theirs.base_layer.weight
