"""AveragedModel of torch.optim.swa_utils with the same decay, buffers too."""

import copy

import torch
from torch import nn

COUNTERPART = "torch.optim.swa_utils.AveragedModel"


def pairs(implementation, seed):
    """A fixed decay and one that warms up; a batch norm has buffers."""
    from torch.optim.swa_utils import AveragedModel

    for warmup in (False, True):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)).double()
        start = copy.deepcopy(model)
        ema = implementation.EMA(model, 0.7, warmup)
        library = AveragedModel(
            model, multi_avg_fn=average(0.7, warmup), use_buffers=True
        )
        library.module.load_state_dict(start.state_dict())
        library.n_averaged.fill_(1)  # its first call would only copy
        for step in range(1, 25):
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter.add_(torch.randn_like(parameter))
            model(torch.randn(6, 3, dtype=torch.float64))
            ema.update()
            library.update_parameters(model)
            theirs = library.module.state_dict()
            for name, ours in ema.shadow.state_dict().items():
                if ours.is_floating_point():
                    place = f"warm-up {warmup}, step {step}, {name}"
                    yield place, ours, theirs[name]


def average(decay, warmup):
    """What the library calls with two lists of tensors, and a count."""

    @torch.no_grad()
    def step(averages, values, count):
        n = int(count)
        d = min(decay, (1 + n) / (10 + n)) if warmup else decay
        for mine, other in zip(averages, values, strict=True):
            if mine.is_floating_point():
                mine.lerp_(other, 1 - d)

    return step
