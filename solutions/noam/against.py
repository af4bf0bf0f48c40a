"""get_inverse_sqrt_schedule of Transformers, its base rate set to the peak."""

import torch
from torch import nn

COUNTERPART = "transformers.get_inverse_sqrt_schedule"


def pairs(implementation, seed):
    """Rates, and the weights of two copies of a small problem."""
    from transformers import get_inverse_sqrt_schedule

    for width, warmup, factor in ((512, 4000, 1.0), (24, 5, 2.0), (7, 1, 0.5)):
        peak = factor / (width * warmup) ** 0.5
        ours, theirs = weights(seed), weights(seed)
        noam = implementation.NoamOptimizer(
            torch.optim.SGD([ours], lr=1.0), width, warmup, factor
        )
        library = torch.optim.SGD([theirs], lr=peak)
        schedule = get_inverse_sqrt_schedule(library, warmup)
        library.step()  # it begins with a step of rate 0, here without gradient
        for step in range(1, 21):
            schedule.step()
            rate = implementation.noam_lr(step, width, warmup, factor)
            expected = schedule.get_last_lr()[0]
            place = f"width {width}, warm-up {warmup}, step {step}"
            yield (
                place,
                torch.tensor([rate / peak]),
                torch.tensor([expected / peak]),
            )
            ours.grad, theirs.grad = ours.detach() + 1, theirs.detach() + 1
            noam.step()
            library.step()
        yield f"weights, width {width}", ours.detach(), theirs.detach()


def weights(seed):
    """A few numbers to be trained."""
    generator = torch.Generator().manual_seed(seed)
    return nn.Parameter(torch.randn(4, generator=generator))
