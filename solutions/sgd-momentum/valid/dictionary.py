"""State in a dict, new tensors at each step, written through .data."""


class SGD:
    def __init__(
        self, params, lr=1e-3, momentum=0.0, weight_decay=0.0, nesterov=False
    ):
        self.params = tuple(params)
        self.lr, self.momentum = lr, momentum
        self.weight_decay, self.nesterov = weight_decay, nesterov
        self.velocity = dict.fromkeys(self.params, 0.0)

    def step(self):
        for p in self.params:
            if p.grad is not None:
                g = p.grad.detach() + self.weight_decay * p.data
                v = self.momentum * self.velocity[p] + g
                self.velocity[p] = v
                p.data = p.data - self.lr * (
                    g + self.momentum * v if self.nesterov else v
                )

    def zero_grad(self):
        for p in self.params:
            p.grad = None
