"""What a grade says, without words: `ui` puts it into Chinese or English, `--json` prints it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

ProblemKind = Literal[
    "missing",
    "signature",
    "exception",
    "shape",
    "dtype",
    "nan",
    "values",
    "mutated-input",
    "forbidden",
    "cost",
    "timeout",
    "memory",
    "crashed",
]


@dataclass(frozen=True)
class Outcome:
    """One probe in one variation."""

    probe: str
    variation: str
    en: str
    zh: str
    passed: bool
    problem: ProblemKind | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Diagnosis:
    """Mistakes that explain the failures.

    Attributes:
        mistakes: ids; several when no probe tells them apart ("one of").
        together: the candidate made all of them at once.
        explained, failing: how many failing runs they reproduce, of how many; passing runs that speak
            against them count as failing runs that they do not reproduce.
    """

    mistakes: tuple[str, ...]
    together: bool
    explained: int
    failing: int

    @property
    def certain(self) -> bool:
        """Whether nothing that was looked at speaks against it."""
        return self.explained == self.failing


@dataclass(frozen=True)
class Verdict:
    """The result of one grade; only the referee makes one that passes."""

    drill: str
    passed: bool
    seed: int
    seconds: float
    outcomes: tuple[Outcome, ...]
    diagnosis: Diagnosis | None = None
    observations: tuple[dict[str, Any], ...] = ()
    printed: str = ""
    cost: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def first_failure(self) -> Outcome | None:
        """The failure to tell first: a plain run before a variation, an earlier probe before a later one."""
        return next((outcome for outcome in self.outcomes if not outcome.passed), None)


def from_dict(data: dict[str, Any], seconds: float) -> Verdict:
    """A verdict from the referee's JSON, or from what `as_record` made."""
    diagnosis = data.get("diagnosis")
    if diagnosis is not None:
        diagnosis = Diagnosis(**{**diagnosis, "mistakes": tuple(diagnosis["mistakes"])})
    return Verdict(
        drill=data["drill"],
        passed=data["passed"],
        seed=data["seed"],
        seconds=seconds,
        outcomes=tuple(Outcome(**outcome) for outcome in data["outcomes"]),
        diagnosis=diagnosis,
        observations=tuple(data.get("observations", ())),
        printed=data.get("printed", ""),
        cost=data.get("cost", {}),
    )


def as_record(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain data, for logs and JSON."""
    return dataclasses.asdict(verdict)
