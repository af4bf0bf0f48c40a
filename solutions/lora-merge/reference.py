"""LoRA adapters merged, switched and exported (Hu et al. 2021, §4.1)."""

import copy

import torch
from torch import Tensor, nn


class SwitchableLoRA(nn.Module):
    """A frozen linear layer with named adapters, at most one of them merged.

    Shapes: (..., d_in) -> (..., d_out), A (rank, d_in), B (d_out, rank).
    """

    def __init__(self, base: nn.Linear):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.adapters: dict[str, tuple[Tensor, Tensor, float]] = {}
        self.merged: str | None = None
        self.original: Tensor | None = None  # the weight, while one is merged

    def add(self, name: str, A: Tensor, B: Tensor, alpha: float) -> None:
        """Keep an adapter under `name`, which must be free."""
        if name in self.adapters:
            raise ValueError(f"there is an adapter named {name!r} already")
        self.adapters[name] = A, B, alpha / A.size(0)

    def forward(self, x: Tensor, name: str | None = None) -> Tensor:
        """base(x), plus the update of `name` if it is not merged."""
        out = self.base(x)
        if name is None or name == self.merged:
            return out
        A, B, scale = self.adapters[name]
        if self.merged is not None:
            raise ValueError(f"{self.merged!r} is merged, not {name!r}")
        return out + x @ A.T @ B.T * scale  # two thin products

    @torch.no_grad()
    def merge(self, name: str) -> None:
        """Add the update of `name`, and no other, to the weight."""
        weight = self.merged_weight(name)
        self.unmerge()
        self.original = self.base.weight.clone()
        self.base.weight.copy_(weight)  # the only rounding
        self.merged = name

    @torch.no_grad()
    def unmerge(self) -> None:
        """Copy the first weight back; subtracting would leave rounding."""
        if self.original is not None:
            self.base.weight.copy_(self.original)
            self.original = self.merged = None

    @torch.no_grad()
    def export(self, name: str) -> nn.Linear:
        """A layer of its own that needs no adapter any more."""
        linear = copy.deepcopy(self.base)
        linear.weight.copy_(self.merged_weight(name))
        return linear

    def merged_weight(self, name: str) -> Tensor:
        """First weight plus update (d_out, d_in), in float32 or better."""
        weight = self.base.weight if self.original is None else self.original
        A, B, scale = self.adapters[name]
        wide = torch.promote_types(weight.dtype, torch.float32)
        update = scale * B.to(wide) @ A.to(wide)
        return weight + update
