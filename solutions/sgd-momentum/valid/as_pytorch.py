"""The branches of PyTorch's own loop: the buffer is made from the first gradient."""

import torch


class SGD:
    def __init__(
        self, params, lr=1e-3, momentum=0.0, weight_decay=0.0, nesterov=False
    ):
        self.groups = [[p, None] for p in params]
        self.lr, self.mu, self.decay, self.nesterov = (
            lr,
            momentum,
            weight_decay,
            nesterov,
        )

    @torch.no_grad()
    def step(self):
        for group in self.groups:
            p, buffer = group
            d = p.grad
            if d is None:
                continue
            if self.decay != 0:
                d = d.add(p, alpha=self.decay)
            if self.mu != 0:
                if buffer is None:
                    buffer = group[1] = d.clone()
                else:
                    buffer.mul_(self.mu).add_(d)
                d = d.add(buffer, alpha=self.mu) if self.nesterov else buffer
            p.add_(d, alpha=-self.lr)

    def zero_grad(self):
        for p, _ in self.groups:
            p.grad = None
