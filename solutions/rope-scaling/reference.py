"""RoPE stretched to longer contexts: Chen et al. 2023 (position interpolation),
NTK-aware scaling, and YaRN (Peng et al. 2023, §3)."""

import math

import torch
from torch import Tensor


def _frequencies(head_width: int, base: float) -> Tensor:
    """θ_i = base^(-2i/d), float32 (d/2,)."""
    exponents = torch.arange(0, head_width, 2, dtype=torch.float32) / head_width
    return base**-exponents


def linear_frequencies(
    head_width: int, factor: float, base: float = 10000.0
) -> Tensor:
    """(p/s)·θ = p·(θ/s): every pair turns s times slower."""
    return _frequencies(head_width, base) / factor


def ntk_frequencies(
    head_width: int, factor: float, base: float = 10000.0
) -> Tensor:
    """The first pair keeps its frequency, the last one is slowed by exactly s:
    its exponent is -(d-2)/d."""
    stretched = base * factor ** (head_width / (head_width - 2))
    return _frequencies(head_width, stretched)


def yarn_frequencies(
    head_width: int,
    factor: float,
    original_length: int,
    base: float = 10000.0,
    fast: float = 32,
    slow: float = 1,
) -> tuple[Tensor, float]:
    """Only pairs that never completed a turn in training are slowed down."""

    def index(turns: float) -> float:
        """Where θ_i·L = 2π·turns, solved for i."""
        longest = original_length / (2 * math.pi * turns)
        return head_width * math.log(longest) / (2 * math.log(base))

    low = max(math.floor(index(fast)), 0)
    high = min(math.ceil(index(slow)), head_width - 1)
    pairs = torch.arange(head_width // 2, dtype=torch.float32)
    ramp = ((pairs - low) / (high - low)).clamp(0, 1)  # 0 keeps, 1 slows
    theta = _frequencies(head_width, base)
    stretched = (1 - ramp) * theta + ramp * theta / factor
    return stretched, 0.1 * math.log(factor) + 1
