"""(IA)³: activations scaled by learned vectors (Liu et al. 2022, §3.3)."""

import copy

import torch
from torch import Tensor, nn


class IA3Linear(nn.Module):
    """A frozen linear layer with a learned factor per output, or per input.

    Shapes: (..., d_in) -> (..., d_out), scale (d_out,), or (d_in,) in the
    second layer of a feed-forward network.
    """

    def __init__(self, base: nn.Linear, feed_forward: bool = False):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.feed_forward = feed_forward
        size = base.in_features if feed_forward else base.out_features
        self.scale = nn.Parameter(base.weight.new_ones(size))

    def forward(self, x: Tensor) -> Tensor:
        if self.feed_forward:
            return self.base(x * self.scale)
        return self.base(x) * self.scale

    @torch.no_grad()
    def merged(self) -> nn.Linear:
        """A layer of its own with the factors in its weight and bias."""
        linear = copy.deepcopy(self.base)
        if self.feed_forward:
            linear.weight.mul_(self.scale)  # columns
        else:
            linear.weight.mul_(self.scale.unsqueeze(1))  # rows
            if linear.bias is not None:
                linear.bias.mul_(self.scale)
        return linear


def add_ia3(
    model: nn.Module, scaled: tuple[str, ...], feed_forward: tuple[str, ...]
) -> int:
    """Wrap the layers whose last name part is given and freeze the rest.

    Returns the number of trainable parameters.

    Raises:
        ValueError: no linear layer has such a name.
    """
    chosen = []
    for name, module in model.named_modules():
        parent, _, child = name.rpartition(".")
        if isinstance(module, nn.Linear) and child in scaled + feed_forward:
            chosen.append((model.get_submodule(parent), child))
    if not chosen:
        raise ValueError(f"no linear layer named {scaled + feed_forward}")

    model.requires_grad_(False)
    for owner, child in chosen:
        base = getattr(owner, child)
        setattr(owner, child, IA3Linear(base, child in feed_forward))
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
