"""Compares what two implementations returned, forgiving what is not part of the task.

Forgiven: list or tuple, a view or a copy, a number or a tensor without dimensions, the last digits.
How many digits is decided per tensor: the larger of a fixed tolerance for the dtype, relative to the
scale of the output, and eight times the reference's own rounding error, known from its float64 run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

FIXED = {torch.float64: 1e-5, torch.float32: 1e-4, torch.bfloat16: 2e-2, torch.float16: 4e-3}
NOISE_FACTOR = 8.0
SMALLEST_SCALE = 1e-6
RARE = 1e-6


@dataclass(frozen=True)
class Difference:
    """The first thing that differs: a problem, and the facts a message is made of."""

    problem: str
    detail: dict[str, Any] = field(default_factory=dict)


def compare(expected: Any, actual: Any, exact: Any = None, scale: float | None = None) -> Difference | None:
    """The first difference between two canonical values, or None.

    Args:
        exact: the reference's value computed in float64, from which its own rounding error is known.
        scale: one scale for all tensors (gradients: a true zero beside large values is zero up to the
            rounding of the large ones); by default each tensor has its own.
    """
    return _compare(expected, actual, exact, scale, ())


def shared_scale(value: Any) -> float:
    """The largest finite magnitude in all tensors of a value."""
    if isinstance(value, Tensor):
        return _scale(value)
    if isinstance(value, list):
        return max((shared_scale(element) for element in value), default=0.0)
    if isinstance(value, dict):
        return max((shared_scale(element) for element in value.values()), default=0.0)
    return 0.0


Path = tuple[str, ...]


def _compare(expected: Any, actual: Any, exact: Any, scale: float | None, path: Path) -> Difference | None:
    if isinstance(expected, dict) and "$cost" in expected:
        return _compare_cost(expected, actual, path)
    if isinstance(expected, dict) and "$law" in expected:
        return _compare_law(expected, actual, path)
    if isinstance(expected, Tensor) and expected.dim() == 0 and _is_number(actual):
        actual = torch.tensor(actual, dtype=expected.dtype)
    if _is_number(expected) and isinstance(actual, Tensor) and actual.numel() == 1 and actual.dim() == 0:
        actual = actual.item()
    if isinstance(expected, Tensor) and isinstance(actual, Tensor):
        return _compare_tensors(expected, actual, exact if isinstance(exact, Tensor) else None, scale, path)
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return _structure(f"{len(expected)} values", f"{len(actual)} values", path)
        pairs = [(str(i), e, a, _step(exact, i)) for i, (e, a) in enumerate(zip(expected, actual, strict=True))]
        return _first(pairs, scale, path)
    if isinstance(expected, dict) and isinstance(actual, dict):
        if set(expected) != set(actual):
            return _structure(_kind(expected), _kind(actual), path)
        return _first([(key, expected[key], actual[key], _step(exact, key)) for key in expected], scale, path)
    if _is_number(expected) and _is_number(actual):
        return _compare_numbers(expected, actual, exact, path)
    if type(expected) is type(actual) and expected == actual:
        return None
    if isinstance(expected, str | bool | None) and isinstance(actual, str | bool | None):
        detail = {"path": path, "expected": repr(expected), "actual": repr(actual)}
        return Difference("values", detail)
    return _structure(_kind(expected), _kind(actual), path)


def _first(pairs: list[tuple[str, Any, Any, Any]], scale: float | None, path: Path) -> Difference | None:
    for name, expected, actual, exact in pairs:
        difference = _compare(expected, actual, exact, scale, (*path, name))
        if difference is not None:
            return difference
    return None


def _step(exact: Any, key: Any) -> Any:
    if isinstance(exact, dict):
        return exact.get(key)
    if isinstance(exact, list) and isinstance(key, int) and key < len(exact):
        return exact[key]
    return None


def _structure(expected: str, actual: str, path: Path) -> Difference:
    return Difference("shape", {"what": "structure", "path": path, "expected": expected, "actual": actual})


# ------------------------------------------------------------------ tensors


def _compare_tensors(
    expected: Tensor, actual: Tensor, exact: Tensor | None, scale: float | None, path: Path
) -> Difference | None:
    if expected.shape != actual.shape:
        shapes = {"expected": list(expected.shape), "actual": list(actual.shape)}
        return Difference("shape", {"what": "shape", "path": path, **shapes})
    if expected.dtype != actual.dtype:
        names = {"expected": _dtype_name(expected), "actual": _dtype_name(actual)}
        return Difference("dtype", {"path": path, **names})
    if not expected.is_floating_point():
        wrong = expected != actual
        return _values(expected, actual, wrong, path) if bool(wrong.any()) else None
    special = ~torch.isfinite(expected)
    if bool((~torch.isfinite(actual) & ~special).any()):
        wrong = ~torch.isfinite(actual) & ~special
        share = float(wrong.double().mean())
        what = "nan" if bool((torch.isnan(actual) & ~special).any()) else "inf"
        index = [int(i) for i in wrong.nonzero()[0]]
        return Difference("nan", {"path": path, "what": what, "share": share, "index": index, "map": _map(wrong)})
    e, a = expected.double(), actual.double()
    allowed = tolerance(expected, exact, scale)
    wrong = torch.where(special, _special_differs(e, a), (e - a).abs() > allowed)
    return _values(expected, actual, wrong, path) if bool(wrong.any()) else None


def tolerance(expected: Tensor, exact: Tensor | None, scale: float | None) -> float:
    """The absolute difference allowed anywhere in a tensor."""
    own = _scale(expected) if scale is None else scale
    allowed = FIXED.get(expected.dtype, 1e-4) * max(own, SMALLEST_SCALE)
    if exact is not None and exact.shape == expected.shape and exact.is_floating_point():
        error = (expected.double() - exact.double()).abs()
        error = error[torch.isfinite(error)]
        if error.numel():
            allowed = max(allowed, NOISE_FACTOR * float(error.max()))
    return allowed


def _scale(tensor: Tensor) -> float:
    if not tensor.is_floating_point() or tensor.numel() == 0:
        return 0.0
    finite = tensor.detach().double()
    finite = finite[torch.isfinite(finite)]
    return float(finite.abs().max()) if finite.numel() else 0.0


def _special_differs(expected: Tensor, actual: Tensor) -> Tensor:
    both_nan = torch.isnan(expected) & torch.isnan(actual)
    return ~(both_nan | (expected == actual))


def _values(expected: Tensor, actual: Tensor, wrong: Tensor, path: Path) -> Difference:
    error = (expected.double() - actual.double()).abs().nan_to_num(nan=math.inf)
    error = torch.where(wrong, error, torch.zeros_like(error))
    flat = int(error.reshape(-1).argmax())
    index = [int(i) for i in torch.unravel_index(torch.tensor(flat), expected.shape)] if expected.dim() else []
    detail = {
        "path": path,
        "error": float(error.reshape(-1)[flat]),
        "index": index,
        "expected": _plain(expected.reshape(-1)[flat]),
        "actual": _plain(actual.reshape(-1)[flat]),
        "share": float(wrong.double().mean()),
        "map": _map(wrong),
    }
    return Difference("values", detail)


def _map(wrong: Tensor) -> list[str] | None:
    """Where the last two axes are wrong, as rows of `#` and `.`, if that has structure and fits a screen."""
    if wrong.dim() < 2 or bool(wrong.all()):
        return None
    plane = wrong.reshape(-1, *wrong.shape[-2:])
    plane = plane[plane.flatten(1).any(1)][0]
    if plane.shape[0] > 16 or plane.shape[1] > 48 or plane.shape[0] < 2 or bool(plane.all()):
        return None
    return ["".join("#" if cell else "." for cell in row) for row in plane.tolist()]


# ------------------------------------------------- numbers, costs and laws


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compare_numbers(expected: float, actual: float, exact: Any, path: Path) -> Difference | None:
    noise = abs(expected - exact) if _is_number(exact) else 0.0
    allowed = max(FIXED[torch.float32] * max(abs(expected), SMALLEST_SCALE), NOISE_FACTOR * noise)
    if isinstance(expected, int) and isinstance(actual, int):
        same = expected == actual
    else:
        same = (math.isnan(expected) and math.isnan(actual)) or expected == actual or abs(expected - actual) <= allowed
    if same:
        return None
    problem = "nan" if math.isfinite(expected) and not math.isfinite(actual) else "values"
    detail = {"path": path, "what": "nan", "expected": expected, "actual": actual}
    return Difference(problem, detail)


def _compare_cost(expected: dict[str, Any], actual: Any, path: Path) -> Difference | None:
    if not isinstance(actual, dict) or not isinstance(actual.get("$cost"), dict):
        return _structure("a cost", _kind(actual), path)
    for name, factor in expected["limits"].items():
        used, limit = actual["$cost"].get(name), expected["$cost"][name]
        if not _is_number(used) or used > limit * factor:
            return Difference("cost", {"path": path, "what": name, "expected": limit, "actual": used})
    return None


def _compare_law(expected: dict[str, Any], actual: Any, path: Path) -> Difference | None:
    """G-test of homogeneity of the two counts."""
    counts = actual.get("$law") if isinstance(actual, dict) else None
    if not isinstance(counts, dict) or not all(_is_number(n) for n in counts.values()):
        return _structure("outcomes", _kind(actual), path)
    outcomes = sorted(set(expected["$law"]) | set(counts))
    table = torch.tensor(
        [[float(source.get(outcome, 0)) for outcome in outcomes] for source in (expected["$law"], counts)],
        dtype=torch.float64,
    )
    fitted = table.sum(1, keepdim=True) * table.sum(0, keepdim=True) / table.sum()
    statistic = 2 * float(torch.where(table > 0, table * (table / fitted).log(), torch.zeros_like(table)).sum())
    freedom = max(len(outcomes) - 1, 1)
    chance = float(torch.special.gammaincc(torch.tensor(freedom / 2), torch.tensor(max(statistic, 0.0) / 2)))
    if chance >= RARE:
        return None
    return Difference("values", {"path": path, "what": "law", "chance": chance})


def _plain(value: Tensor) -> float | int | bool:
    item: float | int | bool = value.item()
    return item


def _dtype_name(tensor: Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _kind(value: Any) -> str:
    """What a value is, in words that need no translation: `Tensor (2, 3)`, `list[2]`, `None`."""
    if isinstance(value, Tensor):
        return f"Tensor {tuple(value.shape)}"
    if isinstance(value, list):
        return f"tuple[{len(value)}]"
    if isinstance(value, dict):
        return str(value["$odd"]) if "$odd" in value else "{" + ", ".join(map(str, value)) + "}"
    return type(value).__name__ if value is not None else "None"
