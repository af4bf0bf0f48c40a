"""Dynamic loss scaling (Micikevicius et al. 2017, §3.2)."""

import torch
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
        self.loss_scale = init_scale
        self.growth_factor = growth_factor
        self.backoff_factor = backoff_factor
        self.growth_interval = growth_interval
        self.good_steps = 0
        self.overflow: bool | None = None  # not known before unscaling

    def scale(self, loss: Tensor) -> Tensor:
        """The loss to run backward from."""
        return loss * self.loss_scale

    @torch.no_grad()
    def unscale_(self, optimizer: Optimizer) -> None:
        """Divide all gradients, and look for an overflow."""
        if self.overflow is not None:
            raise RuntimeError("the gradients of this step are unscaled")
        self.overflow = False
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.grad.div_(self.loss_scale)
                    if not parameter.grad.isfinite().all():
                        self.overflow = True

    def step(self, optimizer: Optimizer) -> bool:
        """Step unless there was an overflow, and adapt the factor."""
        if self.overflow is None:
            self.unscale_(optimizer)
        stepped = not self.overflow
        if stepped:
            optimizer.step()
        self._adapt(stepped)
        self.overflow = None
        return stepped

    def _adapt(self, stepped: bool) -> None:
        """Halve at once, double with patience."""
        self.good_steps = self.good_steps + 1 if stepped else 0
        if not stepped:
            self.loss_scale *= self.backoff_factor
        elif self.good_steps == self.growth_interval:
            self.loss_scale *= self.growth_factor
            self.good_steps = 0
