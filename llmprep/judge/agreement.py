"""When two runs say the same: the rule by which a candidate is right, and by which a mistake is named."""

from __future__ import annotations

from typing import Any

from llmprep.judge.compare import Difference, compare, shared_scale
from llmprep.judge.runner import Run


def difference(expected: Run, actual: Run, exact: Run | None = None) -> Difference | None:
    """How the candidate's run differs from the reference's, or None.

    Args:
        exact: the reference's run in float64, for its own rounding error.

    A reference that raises says nothing about the candidate, so nothing differs then; `content check`
    reports such a reference.
    """
    if expected.problem is not None:
        return None
    if actual.problem is not None:
        return Difference(actual.problem, actual.detail)
    if actual.forbidden:
        return Difference("forbidden", {"calls": actual.forbidden})
    found = _parameters(expected.modules, actual.modules)
    if found is not None:
        return found
    exact_value = exact.value if exact is not None and exact.problem is None else None
    scale = shared_scale(expected.value) if expected.key.variation == "gradient" else None
    return compare(expected.value, actual.value, exact_value, scale)


def mutated(expected: Run, actual: Run) -> list[str]:
    """Arguments that the candidate changed and the reference left alone."""
    return [name for name in actual.mutated if name not in expected.mutated]


def agrees(wrong: Run, candidate: Run) -> bool:
    """Whether a known mistake, run the same way, gives what the candidate gave.

    Errors agree by type, because their texts spell shapes and names.
    """
    if wrong.problem is not None or candidate.problem is not None:
        return wrong.problem == candidate.problem and _error(wrong) == _error(candidate)
    if bool(wrong.forbidden) != bool(candidate.forbidden) or sorted(wrong.mutated) != sorted(candidate.mutated):
        return False
    if _parameters(wrong.modules, candidate.modules) is not None:
        return False
    scale = shared_scale(wrong.value) if wrong.key.variation == "gradient" else None
    return compare(wrong.value, candidate.value, None, scale) is None


def _error(run: Run) -> Any:
    return run.detail.get("type", run.detail.get("name"))


def _parameters(expected: list[dict[str, Any]], actual: list[dict[str, Any]]) -> Difference | None:
    for wanted, given in zip(expected, actual, strict=False):
        want, have = wanted["parameters"], given["parameters"]
        if want == have:
            continue
        missing = {name: entry[0] for name, entry in want.items() if name not in have}
        extra = {name: entry[0] for name, entry in have.items() if name not in want}
        detail: dict[str, Any] = {"what": "parameters", "class": wanted["class"], "missing": missing, "extra": extra}
        if missing or extra:
            return Difference("missing", detail)
        for name, (shape, trainable, alias) in want.items():
            other_shape, other_trainable, other_alias = have[name]
            if shape != other_shape:
                detail |= {"name": name, "expected": shape, "actual": other_shape}
                return Difference("shape", detail)
            if trainable != other_trainable:
                detail |= {"what": "requires-grad", "name": name, "expected": trainable}
                return Difference("values", detail)
            if alias != other_alias:
                detail |= {"what": "tied", "name": name, "expected": alias, "actual": other_alias}
                return Difference("values", detail)
    return None
