"""Focal loss (Lin et al. 2017, §3)."""

from torch import Tensor, inf, log_softmax, where
from torch.nn.functional import logsigmoid


def binary_focal_loss(
    logits: Tensor,
    targets: Tensor,
    gamma: float = 2.0,
    alpha: float | None = None,
) -> Tensor:
    """Mean of −w·(1 − p)^γ·log p; w is alpha for ones, 1 − alpha for zeros.

    Shapes: logits and targets, of 0 and 1, both (...) -> a scalar.
    """
    margin = where(targets == 1, logits, -logits)  # > 0 where right
    losses = _focal(logsigmoid(margin), logsigmoid(-margin), gamma)
    if alpha is not None:
        ones = targets.to(logits.dtype)
        losses = (alpha * ones + (1 - alpha) * (1 - ones)) * losses
    return losses.mean()


def focal_loss(
    logits: Tensor,
    targets: Tensor,
    gamma: float = 2.0,
    alpha: Tensor | None = None,
) -> Tensor:
    """Mean of −w·(1 − p)^γ·log p; w is alpha of the true class.

    Shapes: logits (N, C), targets (N,), alpha (C,) -> a scalar.
    """
    log_p = log_softmax(logits, dim=1)  # (N, C)
    true = targets.unsqueeze(1)
    log_right = log_p.gather(1, true).squeeze(1)  # (N,)
    log_wrong = log_p.scatter(1, true, -inf).logsumexp(dim=1)
    losses = _focal(log_right, log_wrong, gamma)
    if alpha is not None:
        losses = alpha[targets] * losses
    return losses.mean()


def _focal(log_right: Tensor, log_wrong: Tensor, gamma: float) -> Tensor:
    """−(1 − p)^γ·log p from log p and log(1 − p).

    Powers of 1 − p would have an infinite slope at p = 1 for γ < 1.
    """
    return -(gamma * log_wrong).exp() * log_right
