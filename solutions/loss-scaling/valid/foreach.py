"""All gradients at once; the sum of zero times them tells an overflow; a countdown to growth."""

import math

import torch


class LossScaler:
    def __init__(
        self,
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
    ):
        self.loss_scale = float(init_scale)
        self._up, self._down = growth_factor, backoff_factor
        self._interval = self._left = growth_interval
        self._verdict = []

    def scale(self, loss):
        return self.loss_scale * loss

    def unscale_(self, optimizer):
        if self._verdict:
            raise RuntimeError("already unscaled")
        grads = [
            p.grad
            for group in optimizer.param_groups
            for p in group["params"]
            if p.grad is not None
        ]
        total = 0.0
        with torch.no_grad():
            if grads:
                torch._foreach_mul_(grads, 1 / self.loss_scale)
                total = sum(float((g * 0).sum()) for g in grads)
        self._verdict.append(math.isnan(total))

    def step(self, optimizer):
        if not self._verdict:
            self.unscale_(optimizer)
        if self._verdict.pop():
            self.loss_scale *= self._down
            self._left = self._interval
            return False
        optimizer.step()
        self._left -= 1
        if self._left == 0:
            self._left = self._interval
            self.loss_scale *= self._up
        return True
