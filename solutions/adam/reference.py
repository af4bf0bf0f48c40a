"""Adam (Kingma and Ba 2014, algorithm 1), with L2 and a saved state."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor


class Adam:
    """Steps of about lr, whatever the size of the gradients.

    Keeps beside each parameter running means of its gradient and of the
    gradient's square, and the number of its updates.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        self.params = list(params)  # a generator would be used up
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.counts = [0 for _ in self.params]
        self.means = [torch.zeros_like(p) for p in self.params]
        self.squares = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self) -> None:
        """Update every parameter that has a gradient, in place."""
        beta1, beta2 = self.betas
        for i, parameter in enumerate(self.params):
            if parameter.grad is None:
                continue
            grad = parameter.grad + self.weight_decay * parameter
            self.counts[i] += 1
            mean, square = self.means[i], self.squares[i]
            mean.mul_(beta1).add_((1 - beta1) * grad)
            square.mul_(beta2).add_((1 - beta2) * grad.square())

            # both began at zero: undo their pull towards it
            mean_hat = mean / (1 - beta1 ** self.counts[i])
            square_hat = square / (1 - beta2 ** self.counts[i])
            parameter.sub_(self.lr * mean_hat / (square_hat.sqrt() + self.eps))

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to None."""
        for parameter in self.params:
            parameter.grad = None

    def state_dict(self) -> dict[str, list[Any]]:
        """A snapshot of the state, by the place of each parameter."""
        return {
            "counts": list(self.counts),
            "means": [mean.clone() for mean in self.means],
            "squares": [square.clone() for square in self.squares],
        }

    def load_state_dict(self, state: dict[str, list[Any]]) -> None:
        """Go on where the snapshot was taken."""
        # copies again: the next step writes into them
        self.counts = list(state["counts"])
        self.means = [mean.clone() for mean in state["means"]]
        self.squares = [square.clone() for square in state["squares"]]
