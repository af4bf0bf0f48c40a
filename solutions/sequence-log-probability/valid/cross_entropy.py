import torch
import torch.nn.functional as F


def sequence_log_probability(logits, labels, mask, average=False):
    target = torch.where(mask, labels, torch.full_like(labels, -100))[:, 1:]
    nll = F.cross_entropy(
        logits[:, :-1].transpose(1, 2),
        target,
        ignore_index=-100,
        reduction="none",
    )
    count = (target != -100).sum(1)
    total = -nll.sum(1)
    return total / count.clamp_min(1) if average else total
