"""Cross-entropy of class ids (Goodfellow et al. 2016, §6.2.2.3)."""

from torch import Tensor


def cross_entropy(
    logits: Tensor, target: Tensor, ignore_index: int = -100
) -> Tensor:
    """Mean of −log softmax(logits)[target] over the labels that count.

    Shapes: logits (..., C), target (...) of class ids -> (). Labels equal to
    `ignore_index` do not count; without any other the result is 0.
    """
    counted = target != ignore_index  # (...)
    # gather needs valid ids everywhere; which one is taken does not matter
    ids = target.masked_fill(~counted, 0)
    right = logits.gather(-1, ids.unsqueeze(-1)).squeeze(-1)  # (...)
    losses = logits.logsumexp(-1) - right  # (...), −log softmax at the target
    total = losses.masked_fill(~counted, 0.0).sum()
    return total / counted.sum().clamp(min=1)
