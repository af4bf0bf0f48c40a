"""The mean of each micro-batch, weighted by its share of the labels; empty ones are skipped."""

import torch
import torch.nn.functional as F


def accumulate(model, micro_batches):
    for parameter in model.parameters():
        parameter.grad = None
    counts = [(labels != -100).sum().item() for _, labels in micro_batches]
    result = None
    for (inputs, labels), count in zip(micro_batches, counts, strict=True):
        logits = model(inputs)
        if result is None:
            result = torch.zeros((), dtype=logits.dtype)
        if count == 0:
            continue
        loss = F.cross_entropy(
            logits.transpose(1, 2), labels, ignore_index=-100
        )
        share = loss * (count / sum(counts))
        share.backward()
        result += share.detach()
    return result
