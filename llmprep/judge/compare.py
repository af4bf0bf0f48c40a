"""Compares what two implementations returned, forgiving what is not part of the task.

Forgiven: list or tuple, a view or a copy, a number or a tensor without dimensions, the last digits.
How many digits is decided per tensor: a fixed tolerance for the dtype, relative to the scale of the output,
or more where rounding alone moves the reference's result further (see `rounding.py`); in 16 bits at least the
last digits of the largest number returned beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from torch import Tensor

from llmprep.judge.laws import Counts, chance_of_one_law
from llmprep.judge.rounding import NONE, Rounding, step
from llmprep.judge.values import is_odd

FIXED = {torch.float64: 1e-5, torch.float32: 1e-4, torch.bfloat16: 2e-2, torch.float16: 4e-3}
SMALLEST_SCALE = 1e-6
LAST_DIGITS = 2.0
"""Of the largest number, in 16 bits: there they are so coarse that what cancels leaves them behind."""
RARE = 1e-6
MAX_KIND = 80


class Scale(NamedTuple):
    """What differences are relative to.

    Attributes:
        common: one scale for all tensors; None where each has its own.
        largest: of all that was returned together: what lies beside it carries its last digits.
    """

    common: float | None
    largest: float


@dataclass(frozen=True)
class Difference:
    """The first thing that differs: a problem, and the facts a message is made of."""

    problem: str
    detail: dict[str, Any] = field(default_factory=dict)


def compare(expected: Any, actual: Any, noise: Any = None, scale: float | None = None) -> Difference | None:
    """The first difference between two canonical values (see `values.canonical`), or None.

    Args:
        noise: how far rounding alone moves each number, in the structure of `expected` (`rounding.rounding`).
        scale: one scale for all tensors (gradients: a true zero beside large values is zero up to the
            rounding of the large ones); by default each tensor has its own.
    """
    return _compare(expected, actual, noise, Scale(scale, shared_scale(expected)), ())


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


def _compare(expected: Any, actual: Any, noise: Any, scale: Scale, path: Path) -> Difference | None:
    if is_odd(expected) or is_odd(actual):
        return _structure(_kind(expected), _kind(actual), path)
    if isinstance(expected, dict) and "$cost" in expected:
        return _compare_cost(expected, actual, path)
    if isinstance(expected, dict) and "$law" in expected:
        return _compare_law(expected, actual, path)
    if isinstance(expected, dict) and "$stages" in expected:
        return _compare_stages(expected, actual, noise, scale, path)
    if _is_single(expected) and _is_single(actual) and not (_is_tensor(expected) and _is_tensor(actual)):
        return _compare_singles(expected, actual, noise, path)
    if isinstance(expected, Tensor) and isinstance(actual, Tensor):
        return _compare_tensors(expected, actual, _rounding_of(noise), scale, path)
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return _structure(_kind(expected), _kind(actual), path)
        pairs = zip(expected, actual, strict=True)
        return _first([(str(i), e, a, step(noise, i)) for i, (e, a) in enumerate(pairs)], scale, path)
    if isinstance(expected, dict) and isinstance(actual, dict):
        if set(expected) != set(actual):
            return _structure(_kind(expected), _kind(actual), path)
        return _first([(key, expected[key], actual[key], step(noise, key)) for key in expected], scale, path)
    if type(expected) is type(actual) and expected == actual:
        return None
    if isinstance(expected, str | None) and isinstance(actual, str | None):
        return Difference("values", {"path": path, "expected": _quoted(expected), "actual": _quoted(actual)})
    return _structure(_kind(expected), _kind(actual), path)


def _first(pairs: list[tuple[str, Any, Any, Any]], scale: Scale, path: Path) -> Difference | None:
    for name, expected, actual, noise in pairs:
        difference = _compare(expected, actual, noise, scale, (*path, name))
        if difference is not None:
            return difference
    return None


def _structure(expected: str, actual: str, path: Path) -> Difference:
    return Difference("shape", {"what": "structure", "path": path, "expected": expected, "actual": actual})


# ------------------------------------------------------------------ tensors


def _compare_tensors(
    expected: Tensor, actual: Tensor, noise: Rounding, scale: Scale, path: Path
) -> Difference | None:
    if expected.shape != actual.shape:
        shapes = {"expected": list(expected.shape), "actual": list(actual.shape)}
        return Difference("shape", {"what": "shape", "path": path, **shapes})
    if expected.dtype != actual.dtype:
        names = {"expected": _dtype_name(expected), "actual": _dtype_name(actual)}
        return Difference("dtype", {"path": path, **names})
    if expected.is_complex():
        return _compare_tensors(torch.view_as_real(expected), torch.view_as_real(actual), noise, scale, path)
    if not expected.is_floating_point():
        wrong = expected != actual
        return _values(expected, actual, wrong, path) if bool(wrong.any()) else None
    return _compare_floats(expected, actual, tolerance(expected, noise, scale), path)


def _compare_floats(expected: Tensor, actual: Tensor, allowed: float, path: Path) -> Difference | None:
    e, a = expected.double(), actual.double()
    if bool(((e - a).abs() <= allowed).all()):  # the usual case; anything not finite falls through
        return None
    special = ~torch.isfinite(e)
    unexpected = ~torch.isfinite(a) & ~special
    if bool(unexpected.any()):
        what = "nan" if bool((torch.isnan(a) & ~special).any()) else "inf"
        index = [int(i) for i in unexpected.nonzero()[0]]
        share = float(unexpected.double().mean())
        detail = {"path": path, "what": what, "share": share, "index": index, "map": _map(unexpected)}
        return Difference("nan", detail)
    wrong = torch.where(special, _special_differs(e, a), (e - a).abs() > allowed)
    return _values(expected, actual, wrong, path) if bool(wrong.any()) else None


def tolerance(expected: Tensor, noise: Rounding, scale: Scale) -> float:
    """The absolute difference allowed anywhere in a tensor."""
    own = _scale(expected) if scale.common is None else scale.common
    allowed = noise.allowed(FIXED.get(expected.dtype, 1e-4) * max(own, SMALLEST_SCALE))
    if expected.dtype.itemsize > 2:
        return allowed
    return max(allowed, LAST_DIGITS * torch.finfo(expected.dtype).eps * scale.largest)


def _rounding_of(noise: Any) -> Rounding:
    return noise if isinstance(noise, Rounding) else NONE


def _scale(tensor: Tensor) -> float:
    if not (tensor.is_floating_point() or tensor.is_complex()) or tensor.numel() == 0:
        return 0.0
    magnitude = tensor.abs().double()
    return float(torch.where(magnitude.isfinite(), magnitude, 0.0).max())


def _special_differs(expected: Tensor, actual: Tensor) -> Tensor:
    both_nan = torch.isnan(expected) & torch.isnan(actual)
    return ~(both_nan | (expected == actual))


def _values(expected: Tensor, actual: Tensor, wrong: Tensor, path: Path) -> Difference:
    error = (expected.double() - actual.double()).abs().nan_to_num(nan=math.inf)
    error = torch.where(wrong, error, -1.0)
    flat = int(error.reshape(-1).argmax())
    index = _unravel(flat, expected.shape)
    detail = {
        "path": path,
        "error": float(error.reshape(-1)[flat]),
        "index": index,
        "expected": expected.reshape(-1)[flat].item(),
        "actual": actual.reshape(-1)[flat].item(),
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


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_single(value: Any) -> bool:
    """One number or truth value, in whatever wrapping."""
    return isinstance(value, int | float) or (isinstance(value, Tensor) and value.dim() == 0)


def _compare_singles(expected: Any, actual: Any, noise: Any, path: Path) -> Difference | None:
    """A number (or truth value) against a number or a tensor without dimensions, either way round."""
    relative = FIXED[torch.float32]
    for side in (expected, actual):
        if isinstance(side, Tensor):
            relative = FIXED.get(side.dtype, relative)
    e, a = (side.item() if isinstance(side, Tensor) else side for side in (expected, actual))
    if not (_is_number(e) and _is_number(a)):
        if isinstance(e, bool) and isinstance(a, bool):
            return None if e == a else Difference("values", {"path": path, "expected": e, "actual": a})
        return _structure(_kind(expected), _kind(actual), path)
    if _same_number(e, a, _rounding_of(noise), relative):
        return None
    if math.isfinite(e) and not math.isfinite(a):
        what = "nan" if math.isnan(a) else "inf"
        return Difference("nan", {"path": path, "what": what, "expected": e, "actual": a})
    return Difference("values", {"path": path, "expected": e, "actual": a})


def _same_number(expected: float, actual: float, noise: Rounding, relative: float) -> bool:
    if expected == actual or (math.isnan(expected) and math.isnan(actual)):
        return True
    if isinstance(expected, int) and isinstance(actual, int):
        return False
    if not (math.isfinite(expected) and math.isfinite(actual)):
        return False
    return abs(expected - actual) <= noise.allowed(relative * max(abs(expected), SMALLEST_SCALE))


def _compare_cost(expected: dict[str, Any], actual: Any, path: Path) -> Difference | None:
    if not isinstance(actual, dict) or not isinstance(actual.get("$cost"), dict):
        return _structure("a cost", _kind(actual), path)
    for name, factor in expected["limits"].items():
        used, limit = actual["$cost"].get(name), expected["$cost"][name]
        if not isinstance(used, int) or not 0 <= used <= limit * factor:
            return Difference("cost", {"path": path, "what": name, "expected": limit, "actual": used})
    return None


def _compare_law(expected: dict[str, Any], actual: Any, path: Path) -> Difference | None:
    counts: Counts | None = actual.get("$law") if isinstance(actual, dict) else None
    if not isinstance(counts, dict) or not all(type(n) is int and n >= 0 for n in counts.values()):
        return _structure("outcomes", _kind(actual), path)
    drawn, owed = sum(counts.values()), sum(expected["$law"].values())
    if drawn != owed:
        return _structure(f"{owed} outcomes", f"{drawn} outcomes", path)
    chance = chance_of_one_law(expected["$law"], counts)
    if chance >= RARE:
        return None
    return Difference("values", {"path": path, "what": "law", "chance": chance})


def _compare_stages(
    expected: dict[str, Any], actual: Any, noise: Any, scale: Scale, path: Path
) -> Difference | None:
    """Compare the results; if they differ, say at which stage the two first part."""
    if not isinstance(actual, dict) or not isinstance(actual.get("$stages"), dict) or "result" not in actual:
        return _structure("the stages of a model", _kind(actual), path)
    found = _compare(expected["result"], actual["result"], step(noise, "result"), scale, path)
    if found is None:
        return None
    noise_of_stages = noise.get("$stages") if isinstance(noise, dict) else None
    right, not_run = None, []
    for name, output in expected["$stages"].items():
        if name not in actual["$stages"]:  # left out, or built otherwise
            not_run.append(name)
        elif _compare(output, actual["$stages"][name], step(noise_of_stages, name), scale, ()) is None:
            right = name
        else:
            return Difference(
                found.problem, found.detail | {"stage": name, "right": right, "not-run": not_run}
            )
    return Difference(found.problem, found.detail | {"stage": None, "right": right, "not-run": not_run})


# -------------------------------------------------------------------- words


def _dtype_name(tensor: Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _quoted(text: str | None) -> str:
    return "None" if text is None else repr(text if len(text) <= 200 else text[:199] + "…")


def _kind(value: Any) -> str:
    """What a value is, in words that need no translation: `Tensor (2, 3)`, `tuple[2]`, `None`."""
    if isinstance(value, Tensor):
        return f"Tensor {tuple(value.shape)}"
    if isinstance(value, list):
        return f"tuple[{len(value)}]"
    if isinstance(value, dict):
        return _short(str(value["$odd"])) if "$odd" in value else _keys(value)
    return type(value).__name__ if value is not None else "None"


def _keys(value: dict[str, Any]) -> str:
    if "$bytes" in value:
        return f"bytes {_short(str(value['$bytes']))}"
    names = ", ".join(_short(name) for name in list(value)[:8])
    return "{" + names + ("…}" if len(value) > 8 else "}")


def _short(text: str) -> str:
    line = " ".join(text[: 2 * MAX_KIND].split())
    return line if len(line) <= MAX_KIND else line[: MAX_KIND - 1] + "…"


def _unravel(flat: int, shape: torch.Size) -> list[int]:
    """The index of the element number `flat`; torch.unravel_index imports half a thousand modules for it."""
    index: list[int] = []
    for length in reversed(shape):
        flat, place = divmod(flat, length)
        index.insert(0, place)
    return index
