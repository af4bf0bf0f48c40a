import torch
import torch.nn.functional as F


def binary_focal_loss(logits, targets, gamma=2.0, alpha=None):
    """Two classes with the logits 0 and z."""
    both = torch.stack([torch.zeros_like(logits), logits], -1).view(-1, 2)
    weights = None
    if alpha is not None:
        weights = torch.tensor([1 - alpha, alpha]).to(logits.dtype)
    return focal_loss(both, targets.reshape(-1), gamma, weights)


def focal_loss(logits, targets, gamma=2.0, alpha=None):
    C = logits.shape[1]
    hot = F.one_hot(targets, C).bool()
    log_p = F.log_softmax(logits, -1)
    right = torch.masked_select(log_p, hot)
    wrong = log_p.masked_fill(hot, -torch.inf).logsumexp(-1)
    loss = right * torch.exp(wrong * gamma)
    if alpha is not None:
        loss = loss * (hot.to(alpha.dtype) @ alpha)
    return -loss.sum() / len(loss)
