from torch import Tensor, nn


class LoRALinear(nn.Module):
    """A frozen linear layer with a trainable low-rank update beside it."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_in) -> (..., d_out)."""
        raise NotImplementedError

    def merge(self) -> None:
        """Add the update to base.weight."""
        raise NotImplementedError

    def unmerge(self) -> None:
        """Take the update out of base.weight."""
        raise NotImplementedError
