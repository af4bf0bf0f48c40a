"""torch's list operations."""

import torch


def clip_global_norm_(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    if len(grads) == 0:
        return torch.tensor(0.0)
    total = torch.linalg.norm(torch.stack(torch._foreach_norm(grads)))
    scale = torch.minimum(torch.ones_like(total), max_norm / (total + 1e-6))
    torch._foreach_mul_(grads, scale)
    return total
