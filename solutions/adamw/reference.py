"""AdamW (Loshchilov and Hutter 2017, §2, algorithm 2)."""

from collections.abc import Iterable

import torch
from torch import Tensor


class AdamW:
    """Adam with bias correction and decoupled weight decay.

    Keeps two tensors beside each parameter: running means of its gradient
    and of the gradient's square.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
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
            grad = parameter.grad
            if grad is None:
                continue
            self.counts[i] += 1
            mean, square = self.means[i], self.squares[i]
            mean.mul_(beta1).add_((1 - beta1) * grad)
            square.mul_(beta2).add_((1 - beta2) * grad.square())

            # both began at zero: undo their pull towards it
            mean_hat = mean / (1 - beta1 ** self.counts[i])
            square_hat = square / (1 - beta2 ** self.counts[i])

            parameter.mul_(1 - self.lr * self.weight_decay)
            parameter.sub_(self.lr * mean_hat / (square_hat.sqrt() + self.eps))

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to None."""
        for parameter in self.params:
            parameter.grad = None
