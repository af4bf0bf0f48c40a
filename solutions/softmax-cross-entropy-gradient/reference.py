"""Cross-entropy and its gradient p − y (Goodfellow et al. 2016, §6.2.2.3)."""

import torch
from torch import Tensor


def softmax_cross_entropy(
    logits: Tensor, target: Tensor, ignore_index: int = -100
) -> tuple[Tensor, Tensor]:
    """Mean loss of the labels that count, and its gradient.

    Shapes: logits (..., C), target (...) of class ids -> (), (..., C).
    Labels equal to `ignore_index` add no loss and have a zero row in the
    gradient; without any other both results are zero.
    """
    counted = (target != ignore_index).unsqueeze(-1)  # (..., 1)
    ids = target.unsqueeze(-1).masked_fill(~counted, 0)  # (..., 1), valid
    count = counted.sum().clamp(min=1)
    log_p = logits.log_softmax(-1)  # (..., C)
    losses = -log_p.gather(-1, ids).masked_fill(~counted, 0.0)  # (..., 1)
    # d(−z_y + log Σ exp z) / dz_j = p_j − [j = y]
    one_hot = torch.zeros_like(log_p).scatter(-1, ids, 1.0)  # (..., C)
    gradient = (log_p.exp() - one_hot).masked_fill(~counted, 0.0)
    return losses.sum() / count, gradient / count
