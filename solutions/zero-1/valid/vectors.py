"""torch's helpers for vectors; Adam with the corrections moved into the step size."""

import torch
import torch.distributed as dist
from torch.nn import functional
from torch.nn.utils import parameters_to_vector, vector_to_parameters


class ZeroOneAdam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.all = parameters
        self.options = lr, *betas, eps
        self.n = dist.get_world_size()
        self.count = sum(p.numel() for p in parameters)
        self.own = self._pieces(
            parameters_to_vector(p.detach() for p in parameters)
        )
        self.own = self.own[dist.get_rank()].clone()
        self.m, self.v = torch.zeros_like(self.own), torch.zeros_like(self.own)
        self.steps = 0

    def _pieces(self, vector):
        return functional.pad(vector, (0, -self.count % self.n)).view(
            self.n, -1
        )

    def step(self):
        lr, b1, b2, eps = self.options
        gradients = torch.cat([p.grad.reshape(-1) for p in self.all]) / self.n
        g = torch.empty_like(self.own)
        dist.reduce_scatter(g, list(self._pieces(gradients)))
        self.steps += 1
        self.m += (1 - b1) * (g - self.m)
        self.v += (1 - b2) * (g * g - self.v)
        root = (1 - b2**self.steps) ** 0.5
        self.own -= (
            lr
            * root
            / (1 - b1**self.steps)
            * self.m
            / (self.v.sqrt() + eps * root)
        )
        gathered = torch.empty(self.n, self.own.numel())
        dist.all_gather(list(gathered), self.own)
        vector_to_parameters(gathered.view(-1)[: self.count], self.all)
