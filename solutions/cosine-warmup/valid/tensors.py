"""With torch, as a float."""

import torch


def lr_at(step, warmup_steps, total_steps, peak_lr, min_lr=0.0):
    left = total_steps - step
    if left <= 0:
        return float(min_lr)
    if step < warmup_steps:
        return torch.linspace(
            0, peak_lr, warmup_steps + 1, dtype=torch.float64
        )[step].item()
    angle = torch.tensor(
        torch.pi * left / (total_steps - warmup_steps), dtype=torch.float64
    )
    return min_lr + 0.5 * (peak_lr - min_lr) * (1 - torch.cos(angle)).item()
