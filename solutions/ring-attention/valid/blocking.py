"""Blocking send and recv, even ranks sending first; in place on own buffers."""

import torch
import torch.distributed as dist


def exchange(tensor):
    rank, world = dist.get_rank(), dist.get_world_size()
    received = torch.empty(tensor.shape, dtype=tensor.dtype)
    steps = [
        lambda: dist.send(tensor, (rank + 1) % world),
        lambda: dist.recv(received, (rank - 1) % world),
    ]
    for step in steps if rank % 2 == 0 else reversed(steps):
        step()
    return received


def ring_attention(q, k, v, causal=False):
    world, rank = dist.get_world_size(), dist.get_rank()
    T = q.size(2)
    rows = torch.arange(T).view(T, 1) + rank * T
    visiting = [k.clone(memory_format=torch.contiguous_format)]
    visiting.append(v.clone(memory_format=torch.contiguous_format))
    owner = rank
    top = torch.full(q.shape[:3], torch.finfo(q.dtype).min)
    total = torch.zeros(q.shape[:3])
    acc = torch.zeros(*q.shape[:3], v.size(3))
    for remaining in reversed(range(world)):
        if not causal or owner * T <= rank * T + T - 1:
            s = (q @ visiting[0].transpose(2, 3)).div_(q.size(3) ** 0.5)
            if causal:
                columns = torch.arange(T) + owner * T
                s.masked_fill_(columns > rows, float("-inf"))
            new = torch.maximum(top, s.max(3).values)
            s.sub_(new.unsqueeze(3)).exp_()
            shrink = top.sub(new).exp_()
            total.mul_(shrink).add_(s.sum(3))
            acc.mul_(shrink.unsqueeze(3)).add_(s.matmul(visiting[1]))
            top = new
        if remaining:
            visiting = [exchange(tensor) for tensor in visiting]
            owner = (owner - 1) % world
    return acc.div_(total.unsqueeze(3))
