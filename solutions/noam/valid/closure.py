"""Powers, a property, and the optimiser's own group dictionaries updated."""

import math


def noam_lr(step, d_model, warmup_steps, factor=1.0):
    if not step > 0:
        raise ValueError(step)
    return (
        factor
        * d_model ** (-0.5)
        * min(step ** (-0.5), step * warmup_steps ** (-1.5))
    )


class NoamOptimizer:
    def __init__(
        self, optimizer, d_model, warmup_steps, factor=1.0, steps_done=0
    ):
        self._optimizer, self._taken, self._count = optimizer, 0, steps_done
        self._rate = lambda s: noam_lr(s, d_model, warmup_steps, factor)

    @property
    def lr(self):
        return self._rate(self._count) if self._taken else 0.0

    def step(self):
        self._taken += 1
        self._count += 1
        for g in self._optimizer.param_groups:
            scale = g.get("lr_scale", 1)
            g.update(lr=scale * self.lr)
        return self._optimizer.step()

    def zero_grad(self):
        for g in self._optimizer.param_groups:
            for p in g["params"]:
                p.grad = None


assert math.isclose(noam_lr(4, 1, 4), 0.5)
