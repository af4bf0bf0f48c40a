"""PyTorch's own form: lerp for the momentum, addmm-like products, state in a dict."""

import math

import torch


def newton_schulz(matrix, steps=5, eps=1e-7):
    X = matrix.double()
    flip = X.shape[-1] < X.shape[-2]
    if flip:
        X = X.transpose(-1, -2)
    size = X.flatten(-2).square().sum(-1).sqrt()[..., None, None]
    X = X / torch.maximum(size, torch.full_like(size, eps))
    for _ in range(steps):
        A = torch.matmul(X, X.transpose(-1, -2))
        B = -4.7750 * A + 2.0315 * torch.matmul(A, A)
        X = 3.4445 * X + torch.matmul(B, X)
    if flip:
        X = X.transpose(-1, -2)
    return X.to(matrix.dtype)


class Muon:
    def __init__(self, params, lr=0.02, momentum=0.95, weight_decay=0.0):
        self.state = {}
        for p in params:
            if p.ndim != 2:
                raise ValueError(f"a parameter of {p.ndim} dimensions")
            self.state[p] = torch.zeros_like(p)
        self.lr, self.mu, self.wd = lr, momentum, weight_decay

    def step(self):
        with torch.no_grad():
            for p, buf in self.state.items():
                if p.grad is None:
                    continue
                buf.lerp_(p.grad, 1 - self.mu)
                O = newton_schulz(p.grad.lerp(buf, self.mu), eps=1e-12)
                ratio = p.size(0) / p.size(1)
                size = self.lr * (math.sqrt(ratio) if ratio > 1 else 1)
                p.add_(p, alpha=-self.lr * self.wd).add_(O, alpha=-size)

    def zero_grad(self):
        for p in self.state:
            p.grad = None
