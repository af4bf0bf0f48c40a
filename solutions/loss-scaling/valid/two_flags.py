"""Two plain flags, steps counted since the last change, scale as a property of an exponent list."""

import torch


def gradients(optimizer):
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                yield p.grad


class LossScaler:
    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
    ):
        self.factors = (growth_factor, backoff_factor)
        self.every = growth_interval
        self.loss_scale = init_scale
        self.since = 0
        self.unscaled = self.bad = False

    def scale(self, loss):
        return loss.mul(self.loss_scale)

    def unscale_(self, optimizer):
        if self.unscaled:
            raise RuntimeError("twice")
        self.unscaled, self.bad = True, False
        for grad in gradients(optimizer):
            largest = grad.abs().max() if grad.numel() else torch.tensor(0.0)
            self.bad = self.bad or not bool(largest < float("inf"))
            grad.copy_(grad / self.loss_scale)

    def step(self, optimizer):
        if not self.unscaled:
            self.unscale_(optimizer)
        ok = not self.bad
        if ok:
            optimizer.step()
        self.since = (self.since + 1) if ok else 0
        grow, shrink = self.factors
        if not ok:
            self.loss_scale = self.loss_scale * shrink
        if ok and self.since % self.every == 0:
            self.loss_scale = self.loss_scale * grow
        self.unscaled = False
        return ok
