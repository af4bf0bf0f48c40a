"""SGD with momentum (Sutskever et al. 2013, §2), as PyTorch writes it."""

from collections.abc import Iterable

import torch
from torch import Tensor


class SGD:
    """Gradient descent with momentum, Nesterov's too, and weight decay.

    Keeps one tensor beside each parameter: its velocity, a decaying sum of
    gradients, in which the learning rate has no part.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ):
        self.params = list(params)  # a generator would be used up
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.nesterov = nesterov
        self.velocities = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self) -> None:
        """Update every parameter that has a gradient, in place."""
        for parameter, velocity in zip(
            self.params, self.velocities, strict=True
        ):
            if parameter.grad is None:
                continue
            # a new tensor: the gradient belongs to the caller
            grad = parameter.grad + self.weight_decay * parameter
            velocity.mul_(self.momentum).add_(grad)
            if self.nesterov:  # one step of the velocity ahead
                update = grad + self.momentum * velocity
            else:
                update = velocity
            parameter.sub_(self.lr * update)

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to None."""
        for parameter in self.params:
            parameter.grad = None
