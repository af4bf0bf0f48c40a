"""State in a dict by index, made at the first gradient; deepcopy for snapshots."""

import copy
import math


class Adam:
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0
    ):
        self.parameters = tuple(params)
        self.lr, self.betas, self.eps, self.decay = lr, betas, eps, weight_decay
        self.state = {}

    def step(self):
        (b1, b2), lr = self.betas, self.lr
        for index, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            g = p.grad.detach() + self.decay * p.detach()
            t, m, v = self.state.get(index, (0, 0.0, 0.0))
            t, m, v = t + 1, b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
            self.state[index] = (t, m, v)
            denominator = v.sqrt() / math.sqrt(1 - b2**t) + self.eps
            p.data = p.data - lr * (m / (1 - b1**t) / denominator)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def state_dict(self):
        return copy.deepcopy(self.state)

    def load_state_dict(self, state):
        self.state = copy.deepcopy(state)
