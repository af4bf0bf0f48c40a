"""Xavier (Glorot & Bengio 2010, §4.2) and Kaiming (He et al. 2015, §2.2)."""

import math

import torch
from torch import Tensor


def fans(weight: Tensor) -> tuple[int, int]:
    """Inputs of one output element, and outputs that one input element has.

    Shapes: weight (out, in, ...kernel).

    Raises:
        ValueError: if there are fewer than two dimensions.
    """
    if weight.dim() < 2:
        raise ValueError("a weight has at least two dimensions")
    kernel = math.prod(weight.shape[2:])  # 1 for a matrix
    return weight.size(1) * kernel, weight.size(0) * kernel


def xavier_uniform_(weight: Tensor, gain: float = 1.0) -> Tensor:
    """Fill uniformly with variance gain²·2 / (fan_in + fan_out)."""
    return _uniform_(weight, gain * math.sqrt(2 / sum(fans(weight))))


def xavier_normal_(weight: Tensor, gain: float = 1.0) -> Tensor:
    """Fill normally with variance gain²·2 / (fan_in + fan_out)."""
    return _normal_(weight, gain * math.sqrt(2 / sum(fans(weight))))


def kaiming_uniform_(
    weight: Tensor, gain: float = math.sqrt(2), mode: str = "fan_in"
) -> Tensor:
    """Fill uniformly with variance gain² / fan."""
    return _uniform_(weight, gain / math.sqrt(_fan(weight, mode)))


def kaiming_normal_(
    weight: Tensor, gain: float = math.sqrt(2), mode: str = "fan_in"
) -> Tensor:
    """Fill normally with variance gain² / fan."""
    return _normal_(weight, gain / math.sqrt(_fan(weight, mode)))


def _fan(weight: Tensor, mode: str) -> int:
    fan_in, fan_out = fans(weight)
    if mode == "fan_in":
        return fan_in
    if mode == "fan_out":
        return fan_out
    raise ValueError("mode is neither fan_in nor fan_out")


@torch.no_grad()
def _uniform_(weight: Tensor, std: float) -> Tensor:
    bound = math.sqrt(3) * std  # [−b, b] has the variance b²/3
    return weight.uniform_(-bound, bound)


@torch.no_grad()
def _normal_(weight: Tensor, std: float) -> Tensor:
    return weight.normal_(0.0, std)
