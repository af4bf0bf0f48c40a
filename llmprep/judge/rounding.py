"""How far rounding alone may move each number of a result: what right answers that compute otherwise need.

Two signs of it are taken from the reference. Its own error, against its float64 run; by chance that may be
tiny. And how far its float64 result moves when its inputs change by as little as the dtype can tell apart:
where results cancel or are ill-conditioned, every right answer is off by about as much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

OWN_FACTOR = 8.0
NEARBY_FACTOR = 8.0
MOST_NEARBY = 4.0
"""Times the fixed tolerance: a result that jumps (an argmax, a threshold) says nothing of rounding."""


class Rounding(NamedTuple):
    """Of one tensor or number: the largest errors seen.

    Attributes:
        own: of the reference itself.
        nearby: of the exact result, when the inputs change by a last digit.
    """

    own: float
    nearby: float

    def allowed(self, fixed: float) -> float:
        """The difference to allow where `fixed` is allowed for the dtype and scale."""
        nearby = min(NEARBY_FACTOR * self.nearby, MOST_NEARBY * fixed)
        return max(fixed, OWN_FACTOR * self.own, nearby)


NONE = Rounding(0.0, 0.0)


def rounding(found: Any, exact: Any, nearby: Sequence[Any]) -> Any:
    """A value of the same structure as `found` (see `values.canonical`), with a `Rounding` for each number.

    Args:
        found: what the reference returned.
        exact: the same in float64.
        nearby: the same in float64, for inputs that differ by a last digit.
    """
    if isinstance(found, list):
        return [
            rounding(element, _step(exact, i), [_step(near, i) for near in nearby])
            for i, element in enumerate(found)
        ]
    if isinstance(found, dict):
        return {
            key: rounding(element, _step(exact, key), [_step(near, key) for near in nearby])
            for key, element in found.items()
        }
    return Rounding(_error(found, exact), max((_error(exact, near) for near in nearby), default=0.0))


def step(noise: Any, key: Any) -> Any:
    """The rounding of one part; None where it is not known."""
    return _step(noise, key) if isinstance(noise, dict) or type(noise) is list else None


def _step(value: Any, key: Any) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _error(one: Any, other: Any) -> float:
    """The largest finite difference; 0 where the two cannot be compared."""
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        if one.shape != other.shape or one.numel() == 0 or one.is_complex() != other.is_complex():
            return 0.0
        if not other.is_floating_point():
            return _error(torch.view_as_real(one), torch.view_as_real(other)) if one.is_complex() else 0.0
        error = (one.double() - other.double()).abs()
        return float(torch.where(error.isfinite(), error, 0.0).max())
    one, other = _number(one), _number(other)
    return abs(one - other) if math.isfinite(one) and math.isfinite(other) else 0.0


def _number(value: Any) -> float:
    if isinstance(value, Tensor) and value.dim() == 0 and not value.is_complex():
        value = value.item()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
