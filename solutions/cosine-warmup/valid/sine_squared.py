"""(1 + cos 2x)/2 is cos² x; clamped progress, guarded divisions."""

from math import cos, pi


def lr_at(step, warmup_steps, total_steps, peak_lr, min_lr=0.0):
    if step < warmup_steps:
        return peak_lr * (step / max(1, warmup_steps))
    span = max(1, total_steps - warmup_steps)
    done = (
        1.0 if step >= total_steps else min(1.0, (step - warmup_steps) / span)
    )
    weight = cos(pi * done / 2) ** 2
    return weight * peak_lr + (1 - weight) * min_lr
