import torch
import torch.nn.functional as F


def power(rest, gamma):
    """rest^γ with the slope 0 where rest is 0."""
    zero = rest == 0
    inside = torch.where(zero, torch.ones_like(rest), rest)
    empty = torch.zeros_like(rest) if gamma > 0 else torch.ones_like(rest)
    return torch.where(zero, empty, inside**gamma)


def binary_focal_loss(logits, targets, gamma=2.0, alpha=None):
    y = targets.to(logits.dtype)
    ce = F.binary_cross_entropy_with_logits(logits, y, reduction="none")
    p = torch.sigmoid(logits)
    rest = p * (1 - y) + torch.sigmoid(-logits) * y
    loss = ce * power(rest, gamma)
    if alpha is not None:
        loss = torch.where(y > 0, loss * alpha, loss * (1 - alpha))
    return loss.mean()


def focal_loss(logits, targets, gamma=2.0, alpha=None):
    ce = F.cross_entropy(logits, targets, reduction="none")
    p = torch.softmax(logits, 1)
    rest = p.scatter(1, targets[:, None], 0.0).sum(1)
    loss = power(rest, gamma) * ce
    if alpha is not None:
        loss *= alpha.gather(0, targets)
    return loss.mean()
