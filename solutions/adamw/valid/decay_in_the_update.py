"""State in a dict keyed by the parameter, made at the first gradient; the formula in one line."""

import math


class AdamW:
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01
    ):
        self.parameters = tuple(params)
        self.lr, self.betas, self.eps, self.decay = lr, betas, eps, weight_decay
        self.state = {}

    def step(self):
        (b1, b2), lr = self.betas, self.lr
        for p in self.parameters:
            if p.grad is None:
                continue
            g = p.grad.detach()
            t, m, v = self.state.get(p, (0, 0.0, 0.0))
            t, m, v = t + 1, b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
            self.state[p] = (t, m, v)
            denominator = v.sqrt() / math.sqrt(1 - b2**t) + self.eps
            p.data = p.data - lr * (
                m / (1 - b1**t) / denominator + self.decay * p.data
            )

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None
