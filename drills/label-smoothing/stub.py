from torch import Tensor


def label_smoothing_loss(
    logits: Tensor, target: Tensor, epsilon: float = 0.1, ignore_index: int = -100
) -> Tensor:
    """logits (..., K), target (...) of int64 -> (), the mean smoothed loss of the labels that count."""
    raise NotImplementedError
