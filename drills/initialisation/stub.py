import math

from torch import Tensor


def fans(weight: Tensor) -> tuple[int, int]:
    """weight (out, in, ...kernel) -> (fan_in, fan_out)."""
    raise NotImplementedError


def xavier_uniform_(weight: Tensor, gain: float = 1.0) -> Tensor:
    """Fill with variance gain²·2 / (fan_in + fan_out), uniformly; gives the same tensor."""
    raise NotImplementedError


def xavier_normal_(weight: Tensor, gain: float = 1.0) -> Tensor:
    """Fill with variance gain²·2 / (fan_in + fan_out), normally; gives the same tensor."""
    raise NotImplementedError


def kaiming_uniform_(weight: Tensor, gain: float = math.sqrt(2), mode: str = "fan_in") -> Tensor:
    """Fill with variance gain² / fan, uniformly; gives the same tensor."""
    raise NotImplementedError


def kaiming_normal_(weight: Tensor, gain: float = math.sqrt(2), mode: str = "fan_in") -> Tensor:
    """Fill with variance gain² / fan, normally; gives the same tensor."""
    raise NotImplementedError
