"""A layer of peft with two adapters of different ranks."""

import copy

import torch
from torch import nn

COUNTERPART = "peft.tuners.lora.layer.Linear with two adapters"


def pairs(implementation, seed):
    """Beside the base, merged one after the other, and exported."""
    import peft

    torch.manual_seed(seed)
    base = nn.Linear(5, 7).double()
    model = nn.Sequential(copy.deepcopy(base))
    ours = implementation.SwitchableLoRA(base)
    settings = {"left": (2, 5), "right": (3, 4)}
    for name, (rank, alpha) in settings.items():
        config = peft.LoraConfig(r=rank, lora_alpha=alpha, target_modules=["0"])
        if name == "left":
            wrapped = peft.get_peft_model(model, config, adapter_name=name)
        else:
            wrapped.add_adapter(name, config)
    theirs = wrapped.base_model.model[0].double()
    for name, (_rank, alpha) in settings.items():
        B = theirs.lora_B[name].weight.data.normal_()
        A = theirs.lora_A[name].weight.data
        ours.add(name, A.clone(), B.clone(), alpha)
    x = torch.randn(2, 3, 5).double()
    for name in settings:
        theirs.set_adapter(name)
        yield f"{name} beside the base", ours(x, name), theirs(x)
    for name in settings:
        yield "exported, weight", *weights(ours.export(name), theirs, name)
        ours.merge(name)
        theirs.merge(adapter_names=[name])
        yield (
            f"{name} merged, weight",
            ours.base.weight,
            theirs.base_layer.weight,
        )
        yield f"{name} merged, output", ours(x), theirs(x)
        theirs.unmerge()
    ours.unmerge()
    yield "restored", ours.base.weight, theirs.base_layer.weight


def weights(exported, theirs, name):
    """The exported weight, and that of a merged copy of their layer."""
    merged = copy.deepcopy(theirs)
    merged.merge(adapter_names=[name])
    return exported.weight, merged.base_layer.weight
