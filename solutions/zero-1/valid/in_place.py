"""Flat buffers that live as long as the optimizer; moments in place; asynchronous gather."""

import math

import torch
import torch.distributed as dist


class ZeroOneAdam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.p, self.lr, self.b, self.eps, self.k = (
            parameters,
            lr,
            betas,
            eps,
            0,
        )
        n, r = dist.get_world_size(), dist.get_rank()
        size = math.ceil(sum(p.numel() for p in parameters) / n)
        self.g, self.w = torch.zeros(n, size), torch.zeros(n, size)
        self.m, self.v = torch.zeros(size), torch.zeros(size)
        self.mine = self.w[r]

    def _each(self):
        start = 0
        for p in self.p:
            yield p, slice(start, start + p.numel())
            start += p.numel()

    @torch.no_grad()
    def step(self):
        n = len(self.g)
        for p, place in self._each():
            self.g.view(-1)[place] = p.grad.reshape(-1)
            self.w.view(-1)[place] = p.reshape(-1)
        g = torch.empty_like(self.m)
        dist.reduce_scatter(g, list(self.g), op=dist.ReduceOp.SUM)
        g.mul_(1 / n)
        self.k += 1
        self.m.lerp_(g, 1 - self.b[0])
        self.v.mul_(self.b[1]).addcmul_(g, g, value=1 - self.b[1])
        root = (self.v.sqrt() / math.sqrt(1 - self.b[1] ** self.k)).add_(
            self.eps
        )
        new = self.mine.addcdiv(
            self.m, root, value=-self.lr / (1 - self.b[0] ** self.k)
        )
        dist.all_gather(list(self.w), new, async_op=True).wait()
        for p, place in self._each():
            p.data.copy_(self.w.view(-1)[place].reshape(p.shape))
