"""The walls of the judge, tried from inside by a candidate that attempts what none should be able to do.

It is graded like any drill. The reference says "refused" to everything, so each probe that fails is a wall
that does not hold on this machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from llmprep.judge.client import DrillFiles, Judge

GUARANTEES = (
    "reads-solutions",
    "reads-home",
    "writes-outside",
    "sees-environment",
    "reads-parent-memory",
    "starts-process",
    "runs-program",
    "tcp",
    "udp",
    "signals-parent",
    "takes-memory",
    "uses-terminal",
)


@dataclass(frozen=True)
class Guarantee:
    """One wall: its name, and whether the attempt was refused."""

    name: str
    held: bool
    how: str


def try_guarantees(secrets: tuple[Path, Path], judge: Judge) -> list[Guarantee]:
    """Grade the prying candidate.

    Args:
        secrets: a file of the solutions, and a file in the learner's folder, that must be out of reach.
    """
    folder = Path(__file__).parent
    files = DrillFiles("selftest", folder / "drill", folder / "solution", (), ())
    source = (folder / "prying.py").read_text(encoding="utf-8")
    named = source.replace("SOLUTION_FILE", repr(str(secrets[0]))).replace("HOME_FILE", repr(str(secrets[1])))
    verdict = judge.grade(files, named.encode(), "prying.py")
    found = {outcome.probe: outcome for outcome in verdict.outcomes if outcome.variation == "base"}
    return [_guarantee(name, found.get(name)) for name in GUARANTEES]


def _guarantee(name: str, outcome: object) -> Guarantee:
    from llmprep.judge.verdict import Outcome

    if not isinstance(outcome, Outcome):
        return Guarantee(name, False, "not tried")
    return Guarantee(name, outcome.passed, str(outcome.detail.get("actual", outcome.problem or "")))
