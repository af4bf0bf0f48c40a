"""The mean of both ends, and a swing about it."""

import math


def lr_at(step, warmup_steps, total_steps, peak_lr, min_lr=0.0):
    match step:
        case _ if step >= total_steps:
            return min_lr
        case _ if step >= warmup_steps:
            phase = (
                math.pi * (step - warmup_steps) / (total_steps - warmup_steps)
            )
            return (peak_lr + min_lr) / 2 + (peak_lr - min_lr) / 2 * math.cos(
                phase
            )
        case _:
            return step * peak_lr / warmup_steps
