from torch import Tensor, nn


class DoRALinear(nn.Module):
    """A frozen linear layer whose magnitude and direction are adapted apart."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_in) -> (..., d_out)."""
        raise NotImplementedError

    def merged_weight(self) -> Tensor:
        """The adapted weight, (d_out, d_in)."""
        raise NotImplementedError
