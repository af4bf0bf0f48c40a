from torch import Tensor


def calibration_error(probabilities: Tensor, labels: Tensor, bins: int = 10) -> tuple[float, float]:
    """probabilities (N, K), labels (N,) -> (expected, maximum) calibration error."""
    raise NotImplementedError
