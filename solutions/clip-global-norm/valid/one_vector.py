"""All gradients laid end to end."""

import torch


def clip_global_norm_(params, max_norm):
    params = [p for p in params if p.grad is not None]
    vector = torch.cat([p.grad.flatten() for p in params] or [torch.zeros(1)])
    norm = torch.linalg.vector_norm(vector)
    factor = min(1.0, max_norm / (norm.item() + 1e-6))
    for p in params:
        p.grad.copy_(p.grad * factor)
    return norm
