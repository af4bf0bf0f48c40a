"""Bottleneck adapters (Houlsby et al. 2019, §2)."""

from typing import Any

from torch import Tensor, nn
from torch.nn import functional


class Adapter(nn.Module):
    """h + up(gelu(down(h))), nearly the identity at the start.

    Shapes: (..., d_model) -> (..., d_model).
    """

    def __init__(self, d_model: int, bottleneck: int):
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        for layer in (self.down, self.up):
            nn.init.trunc_normal_(layer.weight, std=0.01, a=-0.02, b=0.02)
            nn.init.zeros_(layer.bias)

    def forward(self, h: Tensor) -> Tensor:
        return h + self.up(functional.gelu(self.down(h)))


class AdaptedSublayer(nn.Module):
    """LayerNorm(x + adapter(sublayer(x))), the sub-layer frozen.

    Shapes: (..., d_model) -> (..., d_model).
    """

    def __init__(
        self, sublayer: nn.Module, norm: nn.LayerNorm, bottleneck: int
    ):
        super().__init__()
        self.sublayer = sublayer.requires_grad_(False)
        self.adapter = Adapter(norm.normalized_shape[0], bottleneck)
        self.norm = norm.requires_grad_(True)

    def forward(self, x: Tensor, **arguments: Any) -> Tensor:
        h = self.adapter(self.sublayer(x, **arguments))
        return self.norm(x + h)  # the adapter stands before the sum
