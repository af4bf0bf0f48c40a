"""From the peak: a line to it, an inverse square root from it."""

from math import sqrt


def noam_lr(step, d_model, warmup_steps, factor=1.0):
    if step <= 0:
        raise ValueError("there is no step 0")
    peak = factor / sqrt(d_model * warmup_steps)
    if step <= warmup_steps:
        return peak * step / warmup_steps
    return peak * sqrt(warmup_steps / step)


class NoamOptimizer:
    def __init__(
        self, optimizer, d_model, warmup_steps, factor=1.0, steps_done=0
    ):
        self.inner = optimizer
        self.settings = (d_model, warmup_steps, factor)
        self.next = steps_done + 1
        self.lr = 0.0

    def step(self):
        self.lr = noam_lr(self.next, *self.settings)
        self.next += 1
        for group in self.inner.param_groups:
            group["lr"] = group.get("lr_scale", 1) * self.lr
        self.inner.step()

    def zero_grad(self):
        self.inner.zero_grad()
