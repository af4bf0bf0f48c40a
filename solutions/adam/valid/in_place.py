"""The operations of PyTorch's own loop; corrections folded into the step size; one dict per parameter."""

import torch


class Adam:
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0
    ):
        self.slots = [
            {"p": p, "t": torch.tensor(0.0), "m": None, "v": None}
            for p in params
        ]
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for s in self.slots:
                p = s["p"]
                if p.grad is None:
                    continue
                grad = p.grad
                if self.weight_decay != 0:
                    grad = grad.add(p, alpha=self.weight_decay)
                if s["m"] is None:
                    s["m"], s["v"] = torch.zeros_like(p), torch.zeros_like(p)
                s["t"] += 1
                t = s["t"].item()
                s["m"].lerp_(grad, 1 - self.beta1)
                s["v"].mul_(self.beta2).addcmul_(
                    grad, grad, value=1 - self.beta2
                )
                size = self.lr / (1 - self.beta1**t)
                root = (s["v"] / (1 - self.beta2**t)).sqrt_().add_(self.eps)
                p.addcdiv_(s["m"], root, value=-size)

    def zero_grad(self):
        for s in self.slots:
            s["p"].grad = None

    def state_dict(self):
        return [
            {
                k: None if s[k] is None else s[k].detach().clone()
                for k in ("t", "m", "v")
            }
            for s in self.slots
        ]

    def load_state_dict(self, state):
        for slot, saved in zip(self.slots, state, strict=True):
            for k, value in saved.items():
                slot[k] = None if value is None else value.clone()
