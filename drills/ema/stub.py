from contextlib import AbstractContextManager

from torch import nn


class EMA:
    """A second set of weights, the exponential moving average of the first."""

    def __init__(self, model: nn.Module, decay: float = 0.999, warmup: bool = True):
        raise NotImplementedError

    def update(self) -> None:
        """Draw the average towards the model."""
        raise NotImplementedError

    def swap(self) -> AbstractContextManager[None]:
        """Within it, the model has the averaged weights."""
        raise NotImplementedError
