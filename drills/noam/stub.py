from torch.optim import Optimizer


def noam_lr(step: int, d_model: int, warmup_steps: int, factor: float = 1.0) -> float:
    """The learning rate of one step, which counts from 1."""
    raise NotImplementedError


class NoamOptimizer:
    """An optimiser whose learning rate follows `noam_lr`."""

    def __init__(
        self,
        optimizer: Optimizer,
        d_model: int,
        warmup_steps: int,
        factor: float = 1.0,
        steps_done: int = 0,
    ):
        raise NotImplementedError

    def step(self) -> None:
        """Set the rate, then step."""
        raise NotImplementedError

    def zero_grad(self) -> None:
        """As the optimiser does it."""
        raise NotImplementedError
