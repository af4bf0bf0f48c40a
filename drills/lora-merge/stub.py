from torch import Tensor, nn


class SwitchableLoRA(nn.Module):
    """A frozen linear layer with several named LoRA adapters, at most one of them merged."""

    def __init__(self, base: nn.Linear):
        super().__init__()
        raise NotImplementedError

    def add(self, name: str, A: Tensor, B: Tensor, alpha: float) -> None:
        """Keep the adapter A (rank, d_in), B (d_out, rank) under `name`."""
        raise NotImplementedError

    def forward(self, x: Tensor, name: str | None = None) -> Tensor:
        """x (..., d_in) -> (..., d_out), by way of the adapter `name`."""
        raise NotImplementedError

    def merge(self, name: str) -> None:
        """Add the update of `name` to base.weight, in place of what was merged before."""
        raise NotImplementedError

    def unmerge(self) -> None:
        """Give base.weight back its first values."""
        raise NotImplementedError

    def export(self, name: str) -> nn.Linear:
        """A layer of its own with `name` merged."""
        raise NotImplementedError
