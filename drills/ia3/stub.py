from torch import Tensor, nn


class IA3Linear(nn.Module):
    """A frozen linear layer with one learned factor per output, or per input."""

    def __init__(self, base: nn.Linear, feed_forward: bool = False):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_in) -> (..., d_out)."""
        raise NotImplementedError

    def merged(self) -> nn.Linear:
        """A plain layer that computes the same."""
        raise NotImplementedError


def add_ia3(model: nn.Module, scaled: tuple[str, ...], feed_forward: tuple[str, ...]) -> int:
    """Wrap the named layers, freeze the rest; return the number of trainable parameters."""
    raise NotImplementedError
