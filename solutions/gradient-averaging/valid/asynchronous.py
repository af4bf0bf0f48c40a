"""Buckets first, then all all-reduces started at once and waited for in turn; new gradient tensors."""

import torch
import torch.distributed as dist


def average_gradients(parameters, bucket_bytes):
    plan = [[]]
    for p in parameters[::-1]:
        if p.requires_grad:
            filled = sum(q.numel() * q.element_size() for q in plan[-1])
            if (
                plan[-1]
                and filled + p.numel() * p.element_size() > bucket_bytes
            ):
                plan.append([])
            plan[-1].append(p)
    pending = []
    for bucket in filter(None, plan):
        gradients = [
            torch.zeros_like(p) if p.grad is None else p.grad for p in bucket
        ]
        flat = torch.cat([g.detach().reshape(-1) for g in gradients]).div_(
            dist.get_world_size()
        )
        pending.append((bucket, flat, dist.all_reduce(flat, async_op=True)))
    for bucket, flat, work in pending:
        work.wait()
        offset = 0
        for p in bucket:
            p.grad = flat[offset : offset + p.numel()].reshape(p.shape).clone()
            offset += p.numel()
