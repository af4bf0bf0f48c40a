"""What the outputs alone prove about a wrong answer, beyond the known mistakes.

Every statement here is checked against the numbers before it is made: swapped axes are swapped back and
compared, a factor must fit every element. What is not proved is not said.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

Observation = dict[str, Any]
ENOUGH = 6
"""Elements that a statement about all of them needs to mean something."""
SMALLEST_MAP = 4
"""Rows and columns that a statement about a triangle needs."""
MOST = 0.75
"""Of a region has to be wrong."""
OF_EVERY_VALUE = frozenset({"sign", "factor", "offset"})


def observe(expected: Any, actual: Any, masks: Sequence[Tensor] = ()) -> list[Observation]:
    """The statement that is true of everything that differs between two outputs; none if there is none.

    Args:
        expected, actual: canonical values of one run.
        masks: boolean tensors that were handed over in it.
    """
    pairs = _tensor_pairs(expected, actual)
    if not pairs:
        return []
    found = [_statement(e, a, masks) for e, a in pairs if not _close(e, a)]
    if not found or found[0] is None or any(other != found[0] for other in found[1:]):
        return []
    if found[0]["kind"] in OF_EVERY_VALUE and len(found) < sum(bool(e.any()) for e, _ in pairs):
        return []  # "every value" would be false of the tensors that are right
    return [found[0]]


def _tensor_pairs(expected: Any, actual: Any) -> list[tuple[Tensor, Tensor]] | None:
    """All pairs of tensors in double precision; None where the two are not alike in structure."""
    if isinstance(expected, dict) and isinstance(actual, dict) and "$stages" in expected:
        expected, actual = expected["result"], actual.get("result")
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        found = [_tensor_pairs(e, a) for e, a in zip(expected, actual, strict=True)]
    elif isinstance(expected, dict) and isinstance(actual, dict) and expected.keys() == actual.keys():
        found = [_tensor_pairs(expected[key], actual[key]) for key in expected]
    elif isinstance(expected, Tensor) and isinstance(actual, Tensor):
        plain = expected.is_floating_point() and actual.is_floating_point()
        return [(expected.double(), actual.double())] if plain else None
    else:
        return None
    return (
        None if any(pairs is None for pairs in found) else [pair for pairs in found for pair in pairs or ()]
    )


def _statement(expected: Tensor, actual: Tensor, masks: Sequence[Tensor]) -> Observation | None:
    finite = bool(torch.isfinite(expected).all()) and bool(torch.isfinite(actual).all())
    if expected.numel() < ENOUGH or not finite:
        return None
    every = itertools.chain(
        (observation for look in _LOOKS for observation in look(expected, actual)),
        _only_where_masked(expected, actual, masks),
        _partly_right(expected, actual),
    )
    return next(every, None)


def observe_variations(failing: list[str]) -> list[Observation]:
    """What is proved where every plain run passes, by the kinds of runs that do not."""
    kinds = set(failing)
    return [{"kind": "only-in", "variation": kinds.pop()}] if len(kinds) == 1 else []


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
    if abs(factor) < 1e-3 or abs(factor - 1) < 1e-3 or not _close(actual, expected * factor):
        return
    if abs(factor + 1) < 1e-3:
        yield {"kind": "sign"}
        return
    found: Observation = {"kind": "factor", "factor": float(f"{factor:.4g}")}
    for name, value in (("square", factor * factor), ("inverse-square", 1 / (factor * factor))):
        if factor > 0 and value >= 1.5 and math.isclose(value, round(value), rel_tol=2e-3):
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


def _reshaped(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """The right numbers in the right order, in another shape."""
    if expected.shape == actual.shape or expected.numel() != actual.numel():
        return
    if _close(expected, actual.reshape(expected.shape)):
        yield {"kind": "reshaped", "shape": list(actual.shape), "wanted": list(expected.shape)}


def _only_where_masked(expected: Tensor, actual: Tensor, masks: Sequence[Tensor]) -> Iterator[Observation]:
    """Right wherever a mask is True, or in every row in which it allows something."""
    if expected.shape != actual.shape:
        return
    wrong = _differs(expected, actual)
    for mask in masks:
        for where, region in (
            ("rows", ~mask.any(-1, keepdim=True) if mask.dim() else mask),
            ("elements", ~mask),
            ("positions", ~mask.unsqueeze(-1)),
        ):
            blocked = _spread(region, expected.shape)
            if blocked is None or not bool(blocked.any()) or bool(blocked.all()):
                continue
            if _is_confined(wrong, blocked):
                yield {"kind": "only-where-masked", "where": where}


def _spread(region: Tensor, shape: torch.Size) -> Tensor | None:
    """A region in the shape of an output; None where it does not fit, or speaks of one axis of it alone."""
    if region.dim() < 2 or region.dim() > len(shape):
        return None
    try:
        return region.expand(shape)
    except RuntimeError:
        return None


def _partly_right(expected: Tensor, actual: Tensor) -> Iterator[Observation]:
    """Right in the first entry of the batch, or in all but some rows."""
    if expected.shape != actual.shape or expected.dim() < 2:
        return
    wrong = _differs(expected, actual)
    batched = expected.dim() >= 3 and expected.shape[0] > 1
    others = torch.ones_like(wrong)
    others[0] = False
    if batched and _is_confined(wrong, others):
        yield {"kind": "first-of-batch"}
        return
    if min(expected.shape[-2:]) < SMALLEST_MAP:
        return
    upper = torch.ones(wrong.shape[-2:], dtype=torch.bool).triu(1).expand_as(wrong)
    lower = torch.ones(wrong.shape[-2:], dtype=torch.bool).tril(-1).expand_as(wrong)
    for name, region in (("above-diagonal", upper), ("below-diagonal", lower)):
        if _is_confined(wrong, region):
            yield {"kind": "only-at", "where": name}
            return


def _is_confined(wrong: Tensor, region: Tensor) -> bool:
    """Whether what is wrong lies in a region, and fills most of it: less may be chance."""
    inside = int((wrong & region).sum())
    return inside == int(wrong.sum()) and inside >= MOST * int(region.sum()) > 0


_LOOKS: tuple[Callable[[Tensor, Tensor], Iterator[Observation]], ...] = (
    _swapped_axes,
    _factor,
    _offset,
    _flipped,
    _shifted,
    _reshaped,
)


def _differs(expected: Tensor, actual: Tensor) -> Tensor:
    return (expected - actual).abs() > 1e-4 * max(float(expected.abs().max()), 1e-6)


def _close(left: Tensor, right: Tensor) -> bool:
    scale = float(left.abs().max()) if left.numel() else 0.0
    return left.shape == right.shape and bool(((left - right).abs() <= 1e-4 * max(scale, 1e-6)).all())


def _cut(tensor: Tensor, axis: int, part: slice) -> Tensor:
    return tensor[(slice(None),) * axis + (part,)]


def _constant_along(tensor: Tensor, axis: int) -> bool:
    first = tensor.narrow(axis, 0, 1)
    return _close(tensor, first.expand_as(tensor))
