from torch import Tensor, nn


class Dropout(nn.Module):
    """Sets elements to zero with probability p in training, and scales the others by 1 / (1 − p)."""

    def __init__(self, p: float = 0.5):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (...) -> (...)."""
        raise NotImplementedError
