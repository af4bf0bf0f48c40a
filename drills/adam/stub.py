from collections.abc import Iterable
from typing import Any

from torch import Tensor


class Adam:
    """Adam with bias correction and L2, whose state can be saved."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        raise NotImplementedError

    def step(self) -> None:
        """Update every parameter that has a gradient, in place."""
        raise NotImplementedError

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to None."""
        raise NotImplementedError

    def state_dict(self) -> Any:
        """A snapshot of the state."""
        raise NotImplementedError

    def load_state_dict(self, state: Any) -> None:
        """Go on where the snapshot was taken."""
        raise NotImplementedError
