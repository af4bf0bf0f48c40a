"""Linear warm-up and cosine decay (Loshchilov and Hutter 2016, eq. 5)."""

import math


def lr_at(
    step: int,
    warmup_steps: int,
    total_steps: int,
    peak_lr: float,
    min_lr: float = 0.0,
) -> float:
    """The learning rate of one step: a line, half a cosine, a constant."""
    if step < warmup_steps:
        return peak_lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    progress = (step - warmup_steps) / (total_steps - warmup_steps)  # 0 … 1
    share = (1 + math.cos(math.pi * progress)) / 2  # 1 … 0
    return min_lr + (peak_lr - min_lr) * share
