"""Sums are accumulated, gradients divided once at the end."""

import torch


def accumulate(model, micro_batches):
    model.zero_grad(set_to_none=True)
    total, count = 0.0, 0
    for inputs, labels in micro_batches:
        logits = model(inputs)
        counted = labels.ne(-100)
        log_probabilities = logits.log_softmax(-1)
        picked = log_probabilities.gather(-1, labels.clamp(min=0)[..., None])[
            ..., 0
        ]
        loss = -(picked * counted).sum()
        loss.backward()
        total = total + loss.detach()
        count += int(counted.sum())
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.div_(max(count, 1))
    return torch.as_tensor(total / max(count, 1))
