"""peft on the same toy model: the same layers chosen, the same outputs."""

import copy

import torch
from torch import nn

COUNTERPART = "peft.get_peft_model with peft.LoraConfig"


def pairs(implementation, seed):
    """What is wrapped, what is trainable, and what the model gives."""
    import peft

    torch.manual_seed(seed)
    for targets, exclude in (
        (["q_proj", "mlp.0"], []),
        (["proj"], ["attn.proj"]),
        (["attn.proj", "mlp.2", "proj"], ["layers.1.attn.proj"]),
    ):
        ours = Model()
        config = peft.LoraConfig(
            r=2,
            lora_alpha=7,
            target_modules=targets,
            exclude_modules=exclude or None,
        )
        wrapped = peft.get_peft_model(copy.deepcopy(ours), config)
        theirs = wrapped.base_model.model
        names = implementation.inject_lora(
            ours, tuple(targets), 2, 7, exclude=tuple(exclude)
        )
        place = f"targets {targets}, exclude {exclude}"
        adapted = {
            name.removesuffix(".lora_A")
            for name, _ in theirs.named_modules()
            if name.endswith(".lora_A")
        }
        expected = [name for name, _ in Model().named_modules()]
        chosen = [
            [float(name in side) for name in expected]
            for side in (names, adapted)
        ]
        yield (
            f"{place}: layers",
            torch.tensor(chosen[0]),
            torch.tensor(chosen[1]),
        )
        counts = (
            torch.tensor(
                float(
                    sum(p.numel() for p in side.parameters() if p.requires_grad)
                )
            )
            for side in (ours, theirs)
        )
        yield f"{place}: trainable", *counts
        with torch.no_grad():
            for name in names:
                layer, other = (
                    ours.get_submodule(name),
                    theirs.get_submodule(name),
                )
                layer.B.normal_()
                other.lora_A["default"].weight.copy_(layer.A)
                other.lora_B["default"].weight.copy_(layer.B)
        x = torch.randn(3, 4)
        yield f"{place}: output", ours(x), theirs(x)


class Model(nn.Module):
    """Layers whose names contain one another."""

    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(4, 6)
        self.layers = nn.ModuleList([Block(), Block()])

    def forward(self, x):
        x = self.proj(x)
        for layer in self.layers:
            x = layer(x)
        return x


class Block(nn.Module):
    """Attention without attention, and a feed-forward layer."""

    def __init__(self):
        super().__init__()
        self.attn = nn.ModuleDict(
            {"q_proj": nn.Linear(6, 5, bias=False), "proj": nn.Linear(5, 6)}
        )
        self.mlp = nn.Sequential(nn.Linear(6, 7), nn.Tanh(), nn.Linear(7, 6))

    def forward(self, x):
        x = x + self.attn["proj"](self.attn["q_proj"](x))
        return x + self.mlp(x)
