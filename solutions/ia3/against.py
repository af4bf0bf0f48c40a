"""IA³ as peft does it, on a toy attention and MLP."""

import copy

import torch
from torch import nn

COUNTERPART = "peft.get_peft_model with peft.IA3Config"


def pairs(implementation, seed):
    """Trainable numbers, scaled and merged outputs."""
    import peft

    torch.manual_seed(seed)
    ours = nn.Sequential(Model(), nn.Linear(4, 3)).double()
    config = peft.IA3Config(
        target_modules=["k_proj", "v_proj", "down"],
        feedforward_modules=["down"],
    )
    wrapped = peft.get_peft_model(copy.deepcopy(ours), config)
    theirs = wrapped.base_model.model.double()
    count = implementation.add_ia3(ours, ("k_proj", "v_proj"), ("down",))
    trainable = wrapped.get_nb_trainable_parameters()[0]
    yield (
        "trainable",
        torch.tensor(float(count)),
        torch.tensor(float(trainable)),
    )
    x = torch.randn(3, 5).double()
    yield "fresh", ours(x), theirs(x)
    with torch.no_grad():
        for name in ("k_proj", "v_proj", "down"):
            scale = getattr(ours[0], name).scale.normal_()
            other = getattr(theirs[0], name).ia3_l["default"]
            other.copy_(scale.view_as(other))
    yield "scaled", ours(x), theirs(x)
    for name in ("k_proj", "v_proj", "down"):
        layer, other = getattr(ours[0], name).merged(), getattr(theirs[0], name)
        other.merge()
        yield f"{name} merged, weight", layer.weight, other.base_layer.weight
        yield f"{name} merged, bias", layer.bias, other.base_layer.bias


class Model(nn.Module):
    """Attention without attention, then an MLP."""

    def __init__(self):
        super().__init__()
        self.k_proj = nn.Linear(5, 6)
        self.v_proj = nn.Linear(5, 6)
        self.up = nn.Linear(6, 7)
        self.down = nn.Linear(7, 4)

    def forward(self, x):
        x = torch.tanh(self.k_proj(x)) * self.v_proj(x)
        return self.down(self.up(x).relu())
