"""Label smoothing (Szegedy et al. 2015, §7; Vaswani et al. 2017, §5.4)."""

from torch import Tensor


def label_smoothing_loss(
    logits: Tensor,
    target: Tensor,
    epsilon: float = 0.1,
    ignore_index: int = -100,
) -> Tensor:
    """Mean cross-entropy against (1 − ε)·one-hot + ε/K.

    Shapes: logits (..., K), target (...) of class ids -> (). Labels equal to
    `ignore_index` do not count; without any other the result is 0.
    """
    counted = target != ignore_index  # (...)
    ids = target.masked_fill(~counted, 0)  # valid ids for gather
    log_p = logits.log_softmax(-1)  # (..., K)
    right = log_p.gather(-1, ids.unsqueeze(-1)).squeeze(-1)  # (...)
    # −Σ q·log p is linear in q: two losses, mixed as their targets are
    losses = -(1 - epsilon) * right - epsilon * log_p.mean(-1)  # (...)
    total = losses.masked_fill(~counted, 0.0).sum()
    return total / counted.sum().clamp(min=1)
