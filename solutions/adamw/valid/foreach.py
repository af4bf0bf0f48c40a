"""All parameters with a gradient at once, with torch's list operations."""

import torch


class AdamW:
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01
    ):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = (
            lr,
            betas,
            eps,
            weight_decay,
        )
        self.m = [p.detach().clone().zero_() for p in self.params]
        self.v = [p.detach().clone().zero_() for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        chosen = [i for i, p in enumerate(self.params) if p.grad is not None]
        if not chosen:
            return
        b1, b2 = self.betas
        p, g = (
            [self.params[i] for i in chosen],
            [self.params[i].grad for i in chosen],
        )
        m, v = [self.m[i] for i in chosen], [self.v[i] for i in chosen]
        for i in chosen:
            self.t[i] += 1
        torch._foreach_lerp_(m, g, 1 - b1)
        torch._foreach_mul_(v, b2)
        torch._foreach_addcmul_(v, g, g, 1 - b2)
        torch._foreach_mul_(p, 1 - self.lr * self.weight_decay)
        root = torch._foreach_sqrt(v)
        torch._foreach_div_(
            root, [(1 - b2 ** self.t[i]) ** 0.5 for i in chosen]
        )
        torch._foreach_add_(root, self.eps)
        torch._foreach_addcdiv_(
            p, m, root, [-self.lr / (1 - b1 ** self.t[i]) for i in chosen]
        )

    def zero_grad(self):
        for p in self.params:
            p.grad = None
