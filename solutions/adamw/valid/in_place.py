"""The operations of PyTorch's own loop: lerp, addcmul, addcdiv, corrections folded into the step size."""

import torch


class AdamW:
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01
    ):
        self.groups = [{"p": p, "t": 0} for p in params]
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for s in self.groups:
                p = s["p"]
                if p.grad is None:
                    continue
                if s["t"] == 0:
                    s["m"], s["v"] = torch.zeros_like(p), torch.zeros_like(p)
                s["t"] += 1
                p.mul_(1 - self.lr * self.weight_decay)
                s["m"].lerp_(p.grad, 1 - self.beta1)
                s["v"].mul_(self.beta2).addcmul_(
                    p.grad, p.grad, value=1 - self.beta2
                )
                size = self.lr / (1 - self.beta1 ** s["t"])
                root = (
                    (s["v"] / (1 - self.beta2 ** s["t"])).sqrt_().add_(self.eps)
                )
                p.addcdiv_(s["m"], root, value=-size)

    def zero_grad(self):
        for s in self.groups:
            s["p"].grad = None
