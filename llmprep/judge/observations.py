"""What the outputs alone prove about a wrong answer, beyond the known mistakes.

Every statement here is checked against the numbers before it is made: swapped axes are swapped back and
compared, a factor must fit every element. What is not proved is not said.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor

from llmprep.judge.verdict import Outcome

Observation = dict[str, Any]
ENOUGH = 6
"""Elements that a statement about all of them needs to mean something."""


def observe(expected: Any, actual: Any) -> list[Observation]:
    """Statements about one pair of outputs, at most one per tensor and the first tensor that gives any."""
    if isinstance(expected, list) and isinstance(actual, list):
        for e, a in zip(expected, actual, strict=False):
            found = observe(e, a)
            if found:
                return found
        return []
    if not (isinstance(expected, Tensor) and isinstance(actual, Tensor)):
        return []
    if not (expected.is_floating_point() and actual.is_floating_point()) or expected.numel() < ENOUGH:
        return []
    e, a = expected.double(), actual.double()
    if _close(e, a) or not bool(torch.isfinite(e).all()) or not bool(torch.isfinite(a).all()):
        return []
    for look in _LOOKS:
        found = next(look(e, a), None)
        if found is not None:
            return [found]
    return []


def observe_outcomes(outcomes: list[Outcome]) -> list[Observation]:
    """Statements about which runs fail: plain ones all pass, and exactly one kind of variation does not."""
    failed = {outcome.variation for outcome in outcomes if not outcome.passed}
    if len(failed) == 1 and (variation := failed.pop()) in ("float64", "bfloat16", "layout", "gradient", "again"):
        return [{"kind": "only-in", "variation": variation}]
    return []


def _swapped_axes(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """Right after permuting the axes; two swapped axes are said before longer permutations are tried."""
    dims = expected.dim()
    if actual.dim() != dims or dims > 5:
        return
    orders = [order for order in itertools.permutations(range(dims)) if order != tuple(range(dims))]
    orders.sort(key=lambda order: sum(i != axis for i, axis in enumerate(order)))
    for order in orders:
        shape = tuple(actual.shape[axis] for axis in order)
        if shape == tuple(expected.shape) and _close(expected, actual.permute(order)):
            moved = [i for i, axis in enumerate(order) if axis != i]
            if len(moved) == 2:
                yield {"kind": "swapped-axes", "axes": [axis - dims for axis in moved]}
            else:
                yield {"kind": "permuted-axes", "order": list(order)}


def _factor(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """One number times the right result."""
    if expected.shape != actual.shape:
        return
    square = float((expected * expected).sum())
    if square == 0:
        return
    factor = float((expected * actual).sum()) / square
    if abs(factor) < 1e-3 or not _close(actual, expected * factor):
        return
    if abs(factor + 1) < 1e-3:
        yield {"kind": "sign"}
        return
    found: Observation = {"kind": "factor", "factor": factor}
    for name, value in (("square", factor * factor), ("inverse-square", 1 / (factor * factor))):
        if value >= 1.5 and math.isclose(value, round(value), rel_tol=2e-3):
            found[name] = round(value)
    yield found


def _offset(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """The same number, or the same vector in every row, added or missing."""
    if expected.shape != actual.shape:
        return
    difference = actual - expected
    mean = difference.mean()
    if _close(difference, mean.expand_as(difference)):
        yield {"kind": "offset", "offset": float(mean)}
        return
    rows = difference.reshape(-1, difference.shape[-1])
    if rows.shape[0] >= 3 and _close(rows, rows[:1].expand_as(rows)):
        yield {"kind": "offset-vector"}


def _flipped(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """Right when one axis is read backwards."""
    if expected.shape != actual.shape:
        return
    for axis in range(expected.dim()):
        if expected.shape[axis] > 1 and _close(expected, actual.flip(axis)):
            yield {"kind": "reversed", "axis": axis - expected.dim()}


def _shifted(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """Right but for one step along an axis."""
    if expected.shape != actual.shape:
        return
    for axis in range(expected.dim()):
        length = expected.shape[axis]
        if length < 3 or expected.numel() // length * (length - 1) < ENOUGH:
            continue
        early, late = slice(0, length - 1), slice(1, length)
        for step, (ours, theirs) in {1: (late, early), -1: (early, late)}.items():
            a, e = _cut(actual, axis, ours), _cut(expected, axis, theirs)
            if _close(e, a) and not _constant_along(e, axis):
                yield {"kind": "shifted", "axis": axis - expected.dim(), "step": step}


def _partly_right(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """Right in the first entry of the batch, or in all but some rows."""
    if expected.shape != actual.shape or expected.dim() < 2:
        return
    wrong = (expected - actual).abs() > 1e-4 * max(float(expected.abs().max()), 1e-6)
    if expected.dim() >= 3 and expected.shape[0] > 1 and not bool(wrong[0].any()):
        if bool(wrong[1:].flatten(1).any(1).all()):
            yield {"kind": "first-of-batch"}
            return
    upper = torch.ones(wrong.shape[-2:], dtype=torch.bool).triu(1)
    for name, region in (("above-diagonal", upper), ("below-diagonal", upper.T if wrong.shape[-1] == wrong.shape[-2] else None)):
        if region is not None and bool(wrong.any()) and not bool((wrong & ~region).any()):
            yield {"kind": "only-at", "where": name}
            return


_LOOKS: tuple[Callable[[Tensor, Tensor], Iterator[Observation]], ...] = (
    _swapped_axes,
    _factor,
    _offset,
    _flipped,
    _shifted,
    _partly_right,
)


def _close(left: Tensor, right: Tensor) -> bool:
    scale = float(left.abs().max()) if left.numel() else 0.0
    return left.shape == right.shape and bool(((left - right).abs() <= 1e-4 * max(scale, 1e-6)).all())


def _cut(tensor: Tensor, axis: int, part: slice) -> Tensor:
    return tensor[(slice(None),) * axis + (part,)]


def _constant_along(tensor: Tensor, axis: int) -> bool:
    first = tensor.narrow(axis, 0, 1)
    return _close(tensor, first.expand_as(tensor))
