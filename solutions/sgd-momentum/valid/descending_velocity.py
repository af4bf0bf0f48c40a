"""The velocity points downhill: v = mu·v − g, and the parameter is moved by +lr·v."""

import torch


class SGD:
    def __init__(
        self, params, lr=1e-3, momentum=0.0, weight_decay=0.0, nesterov=False
    ):
        self.pairs = [(p, torch.zeros(p.shape, dtype=p.dtype)) for p in params]
        self.lr = lr
        self.options = (momentum, weight_decay, nesterov)

    def step(self):
        mu, decay, nesterov = self.options
        with torch.no_grad():
            for p, v in self.pairs:
                if p.grad is None:
                    continue
                downhill = -(p.grad + decay * p)
                v *= mu
                v += downhill
                p += self.lr * (downhill + mu * v if nesterov else v)

    def zero_grad(self):
        for p, _ in self.pairs:
            p.grad = None
