"""When two runs say the same: the rule by which a candidate is right, and by which a mistake is named."""

from __future__ import annotations

import re
from typing import Any

from llmprep.judge.compare import Difference, compare, shared_scale
from llmprep.judge.runner import Run

ALIKE = 1.3
"""How many times as much as another one a cost may be and still be the same way of computing."""
_NUMBER = re.compile(r"\d+")


def difference(expected: Run, actual: Run, noise: Any = None) -> Difference | None:
    """How the candidate's run differs from the reference's, or None.

    Args:
        expected: a run of the reference that raised nothing (see `referee.Grade.run_reference`).
        noise: how far rounding alone moves each number of the reference's value (`rounding.rounding`).
    """
    if actual.problem is not None:
        return Difference(actual.problem, actual.detail)
    if actual.forbidden:
        return Difference("forbidden", {"calls": actual.forbidden})
    found = _parameters(expected.modules, actual.modules)
    if found is not None:
        return found
    return compare(expected.value, actual.value, noise, _scale_of(expected))


def mutated(expected: Run, actual: Run) -> list[str]:
    """Arguments that the candidate changed and the reference left alone, as the candidate calls them."""
    return sorted({name for place, name in actual.mutated.items() if place not in expected.mutated})


def agrees(wrong: Run, candidate: Run) -> bool:
    """Whether a known mistake, run the same way, gives what the candidate gave.

    Errors agree by type and text; numbers in it may stand in another order, as the two sides of a shape
    that does not fit do.
    """
    if wrong.problem is not None or candidate.problem is not None:
        return wrong.problem == candidate.problem and _error(wrong) == _error(candidate)
    if bool(wrong.forbidden) != bool(candidate.forbidden) or set(wrong.mutated) != set(candidate.mutated):
        return False
    if _parameters(wrong.modules, candidate.modules) is not None:
        return False
    if compare(wrong.value, candidate.value, None, _scale_of(wrong)) is not None:
        return False
    return _cost_alike(wrong.value, candidate.value)


def _cost_alike(wrong: Any, candidate: Any) -> bool:
    """Whether what is limited costs about as much in both: the comparison only asks that it be no more."""
    if isinstance(wrong, list) and isinstance(candidate, list):
        return all(map(_cost_alike, wrong, candidate))
    if not isinstance(wrong, dict) or not isinstance(candidate, dict):
        return True
    if "$cost" not in wrong:
        return all(_cost_alike(wrong[key], candidate.get(key)) for key in wrong)
    figures = ((wrong["$cost"][name], candidate["$cost"][name]) for name in wrong["limits"])
    return all(theirs <= ALIKE * max(ours, 1) and ours <= ALIKE * max(theirs, 1) for ours, theirs in figures)


def _scale_of(run: Run) -> float | None:
    return shared_scale(run.value) if run.key.variation.startswith("gradient") else None


def _error(run: Run) -> Any:
    detail = run.detail
    text = str(detail.get("message", ""))
    words, numbers = _NUMBER.sub("#", text), sorted(_NUMBER.findall(text))
    return detail.get("type", detail.get("name")), detail.get("what"), detail.get("waiting"), words, numbers


def _parameters(expected: list[dict[str, Any]], actual: list[dict[str, Any]]) -> Difference | None:
    """The first difference between the parameter tables of the modules that a probe built."""
    for wanted, given in zip(expected, actual, strict=False):
        want, have = wanted["parameters"], given["parameters"]
        if want == have:
            continue
        missing = {name: entry[0] for name, entry in want.items() if name not in have}
        extra = {name: entry[0] for name, entry in have.items() if name not in want}
        detail: dict[str, Any] = {"what": "parameters", "class": wanted["class"]}
        if missing or extra:
            return Difference("missing", {**detail, "missing": missing, "extra": extra})
        for name in want:
            found = _parameter(name, want[name], have[name], detail)
            if found is not None:
                return found
    if len(expected) != len(actual):
        counts = {"expected": f"{len(expected)} modules", "actual": f"{len(actual)} modules"}
        return Difference("shape", {"what": "structure", "path": [], **counts})
    return None


def _parameter(name: str, want: list[Any], have: list[Any], detail: dict[str, Any]) -> Difference | None:
    """One parameter: its shape, whether it is trained, and with which others it is tied."""
    kinds = (("shape", "parameters"), ("values", "requires-grad"), ("values", "tied"))
    for (problem, what), wanted, given in zip(kinds, want, have, strict=True):
        if wanted != given:
            return Difference(
                problem, {**detail, "what": what, "name": name, "expected": wanted, "actual": given}
            )
    return None
