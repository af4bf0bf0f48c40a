"""The polynomial as nested products, A(AX); decay inside one expression."""

import torch


def newton_schulz(matrix, steps=5, eps=1e-7):
    if matrix.shape[-2] > matrix.shape[-1]:
        return newton_schulz(matrix.mT, steps, eps).mT
    wide = matrix if matrix.dtype == torch.float64 else matrix.float()
    norm = torch.linalg.matrix_norm(wide, keepdim=True)
    x = wide / torch.where(norm < eps, eps, norm)
    for _ in range(steps):
        gram = x @ x.mT
        quintic = (
            gram @ (gram @ x)
            if x.shape[-1] <= 2 * gram.shape[-1]
            else ((gram @ gram) @ x)
        )
        x = 3.4445 * x - 4.775 * (gram @ x) + 2.0315 * quintic
    return x.to(matrix.dtype)


class Muon:
    def __init__(self, params, lr=0.02, momentum=0.95, weight_decay=0.0):
        self.params = [*params]
        for p in self.params:
            if len(p.shape) != 2:
                raise ValueError("matrices only")
        self.buffers = [None] * len(self.params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            g = p.grad
            if g is None:
                continue
            old = self.buffers[i]
            new = g.clone() if old is None else self.momentum * old + g
            self.buffers[i] = new
            o = newton_schulz(g + self.momentum * new)
            scale = max(1, p.shape[0] / p.shape[1]) ** 0.5
            decay = self.weight_decay * p
            p -= self.lr * (scale * o + decay)

    def zero_grad(self):
        for p in self.params:
            p.grad = None
