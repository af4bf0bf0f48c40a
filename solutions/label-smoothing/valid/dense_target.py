import torch


def label_smoothing_loss(logits, target, epsilon=0.1, ignore_index=-100):
    classes = logits.size(-1)
    counted = target != ignore_index
    q = torch.full_like(logits, epsilon / classes)
    q.scatter_(
        -1,
        target.masked_fill(~counted, 0).unsqueeze(-1),
        1 - epsilon + epsilon / classes,
    )
    q = q * counted.unsqueeze(-1)
    return -(q * torch.log_softmax(logits, -1)).sum() / max(
        int(counted.sum()), 1
    )
