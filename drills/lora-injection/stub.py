from collections.abc import Sequence

from torch import Tensor, nn


class LoRALinear(nn.Module):
    """A frozen linear layer `base` with a trainable update beside it: A (rank, d_in), B (d_out, rank)."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_in) -> (..., d_out)."""
        raise NotImplementedError


def inject_lora(
    model: nn.Module, targets: Sequence[str], rank: int, alpha: float, exclude: Sequence[str] = ()
) -> list[str]:
    """Wrap the linear layers that `targets` name, freeze the rest; return the names of those wrapped."""
    raise NotImplementedError
