"""LoRA put into a model by module name (Hu et al. 2021, §4)."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn


class LoRALinear(nn.Module):
    """A linear layer with the trainable update (alpha / rank)·B·A beside it.

    Shapes: (..., d_in) -> (..., d_out), A (rank, d_in), B (d_out, rank).
    """

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        self.base = base
        self.scale = alpha / rank
        d_out, d_in = base.weight.shape
        like = {"device": base.weight.device, "dtype": base.weight.dtype}
        a = torch.randn(rank, d_in, **like) / math.sqrt(d_in)
        self.A = nn.Parameter(a)
        self.B = nn.Parameter(torch.zeros(d_out, rank, **like))

    def forward(self, x: Tensor) -> Tensor:
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale


def inject_lora(
    model: nn.Module,
    targets: Sequence[str],
    rank: int,
    alpha: float,
    exclude: Sequence[str] = (),
) -> list[str]:
    """Wrap the linear layers that `targets` name and freeze all the rest.

    Returns the full names of the layers wrapped now.

    Raises:
        ValueError: there is nothing to wrap; the model is as it was.
    """
    present = [m for m in model.modules() if isinstance(m, LoRALinear)]
    wrapped = {id(layer.base) for layer in present}
    chosen = [  # a list: modules change their names while layers are replaced
        name
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear)
        and id(module) not in wrapped
        and is_named(name, targets)
        and not is_named(name, exclude)
    ]
    if not chosen:
        raise ValueError(f"no linear layer to wrap is named {list(targets)}")

    model.requires_grad_(False)
    for layer in present:
        layer.A.requires_grad_(True)
        layer.B.requires_grad_(True)
    for name in chosen:
        parent, _, child = name.rpartition(".")
        owner = model.get_submodule(parent)  # "" is the model itself
        layer = LoRALinear(getattr(owner, child), rank, alpha)
        setattr(owner, child, layer)  # its A and B are trainable from birth
    return chosen


def is_named(name: str, targets: Sequence[str]) -> bool:
    """Whether a target is the whole name, or its end from a dot on."""
    return any(name == t or name.endswith("." + t) for t in targets)
