"""The cosine schedule with a minimum in transformers, up to its last step."""

import torch
from torch import nn

COUNTERPART = "transformers.get_cosine_with_min_lr_schedule_with_warmup"


def pairs(implementation, seed):
    """After its last step the library's cosine would rise again."""
    from transformers import optimization

    generator = torch.Generator().manual_seed(seed)
    for _ in range(3):
        warmup = int(torch.randint(0, 7, (), generator=generator))
        total = warmup + int(torch.randint(3, 15, (), generator=generator))
        peak, low = 0.7, 0.12
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=peak)
        schedule = optimization.get_cosine_with_min_lr_schedule_with_warmup(
            optimizer, warmup, total, min_lr=low
        )
        for step in range(total + 1):
            ours = implementation.lr_at(step, warmup, total, peak, low)
            theirs = schedule.get_last_lr()[0]
            place = f"step {step} of {total}, warm-up {warmup}"
            yield place, torch.tensor(ours), torch.tensor(theirs)
            optimizer.step()
            schedule.step()
