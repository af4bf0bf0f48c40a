from torch import Tensor


def logsumexp(x: Tensor, dim: int = -1, keepdim: bool = False) -> Tensor:
    """log Σ exp(x) along `dim`; x (...) -> the same without `dim`, or with size 1 there if `keepdim`."""
    raise NotImplementedError


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    """x (...) -> the same shape and dtype, the logarithm of its softmax along `dim`."""
    raise NotImplementedError
