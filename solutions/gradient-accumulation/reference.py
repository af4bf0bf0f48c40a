"""Gradient accumulation with every token weighted alike."""

import torch
from torch import Tensor, nn
from torch.nn import functional

IGNORED = -100


def accumulate(
    model: nn.Module, micro_batches: list[tuple[Tensor, Tensor]]
) -> Tensor:
    """Leave the gradient of the mean loss over all labels; return that mean.

    Shapes: inputs as the model takes them, labels (b, T) -> ().
    """
    # known from the labels alone, before the first backward pass
    total = sum(int((labels != IGNORED).sum()) for _, labels in micro_batches)
    mean = torch.zeros(())
    model.zero_grad()
    for inputs, labels in micro_batches:
        logits = model(inputs)  # (b, T, V)
        loss = functional.cross_entropy(
            logits.flatten(0, 1),
            labels.flatten(),
            ignore_index=IGNORED,
            reduction="sum",
        )
        loss = loss / max(total, 1)
        loss.backward()  # adds to grad, and frees this micro-batch's graph
        mean = mean.to(loss) + loss.detach()
    return mean
