"""The Transformer's learning rate (Vaswani et al. 2017, §5.3, eq. 3)."""

from torch.optim import Optimizer


def noam_lr(
    step: int, d_model: int, warmup_steps: int, factor: float = 1.0
) -> float:
    """A line up to `warmup_steps`, then an inverse square root.

    Raises ValueError for a step below 1.
    """
    if step < 1:
        raise ValueError("steps count from 1")
    line = step / warmup_steps**1.5
    root = 1 / step**0.5
    return factor * min(line, root) / d_model**0.5


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
        self.optimizer = optimizer
        self.d_model = d_model
        self.warmup_steps = warmup_steps
        self.factor = factor
        self.steps_done = steps_done
        self.lr = 0.0

    def step(self) -> None:
        """Set the rate of every group, then step."""
        self.steps_done += 1
        self.lr = noam_lr(
            self.steps_done, self.d_model, self.warmup_steps, self.factor
        )
        for group in self.optimizer.param_groups:
            group["lr"] = self.lr * group.get("lr_scale", 1.0)
        self.optimizer.step()

    def zero_grad(self) -> None:
        """As the optimiser does it."""
        self.optimizer.zero_grad()
