"""Expected and maximum calibration error (Guo et al. 2017, §2)."""

import torch
from torch import Tensor


def calibration_error(
    probabilities: Tensor, labels: Tensor, bins: int = 10
) -> tuple[float, float]:
    """How far confidence and accuracy are apart: (mean, largest) gap.

    Shapes: probabilities (N, K), labels (N,). Bin m holds the confidences in
    (m / bins, (m + 1) / bins]; empty bins do not count.
    """
    confidence, predicted = probabilities.max(dim=-1)  # (N,)
    correct = (predicted == labels).to(confidence.dtype)
    bin_of = torch.ceil(confidence * bins).long() - 1  # (N,), 0 … bins − 1
    expected, largest = 0.0, 0.0
    for m in range(bins):
        inside = bin_of == m
        if not inside.any():
            continue
        gap = (correct[inside].mean() - confidence[inside].mean()).abs().item()
        expected += inside.float().mean().item() * gap
        largest = max(largest, gap)
    return expected, largest
