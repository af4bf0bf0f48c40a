from torch import Tensor
from torch.optim import Optimizer


class LossScaler:
    """A factor for the loss that is as large as gradients in float16 allow."""

    def __init__(
        self,
        init_scale: float = 65536.0,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
    ):
        raise NotImplementedError

    def scale(self, loss: Tensor) -> Tensor:
        """The loss to run backward from."""
        raise NotImplementedError

    def unscale_(self, optimizer: Optimizer) -> None:
        """Divide all gradients, and look for an overflow."""
        raise NotImplementedError

    def step(self, optimizer: Optimizer) -> bool:
        """Step unless there was an overflow, and adapt the factor."""
        raise NotImplementedError
