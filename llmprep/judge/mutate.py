"""Runs the mutants of one reference against its hidden tests: `python -m llmprep.judge.mutate attention`.

A mutant is killed when some probe tells it from the reference on some seed; one that hangs or crashes is
killed too. Survivors are holes, or equivalent: then `solutions/<id>/equivalent.yaml` says why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

import torch

from llmprep.content.items import Drill
from llmprep.content.library import load_unit
from llmprep.content.locate import content_root
from llmprep.judge.agreement import difference, mutated
from llmprep.judge.audit import all_runs
from llmprep.judge.candidate import load
from llmprep.judge.mutants import Mutant, mutants
from llmprep.judge.referee import Grade
from llmprep.judge.runner import Runner

SEEDS = 3
SECONDS = 5.0
KILLED, SURVIVED = 0, 77


class TooLong(BaseException):
    """A mutant that does not end; a BaseException, so that its own handlers let it pass."""


@dataclass
class MutationReport:
    """What became of the mutants of one drill; `survivors` are labels `old → new`."""

    drill: str
    total: int = 0
    killed: int = 0
    equivalent: int = 0
    survivors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Killed, of those that are not equivalent."""
        counted = self.total - self.equivalent
        return self.killed / counted if counted else 1.0


def fingerprint(root: Path, name: str) -> str:
    """Changes when anything that decides the result does."""
    digest = hashlib.blake2b(digest_size=12)
    solution = root / "solutions" / name
    folder = root / "drills" / name
    files = [
        solution / "reference.py",
        solution / "equivalent.yaml",
        folder / "probes.py",
        folder / "drill.yaml",
    ]
    files += sorted(Path(__file__).parent.glob("*.py"))
    for path in files:
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def mutate(root: Path, name: str, seeds: int = SEEDS) -> MutationReport:
    """Try every mutant of drill `name`."""
    torch.set_num_threads(1)
    drill: Drill = load_unit(root / "drills" / name / "drill.yaml").entries[0].item
    solution = root / "solutions" / name
    grades = [_grade(root, name, drill, seed) for seed in range(seeds)]
    known = _equivalents(solution)
    report = MutationReport(name)
    signal.signal(signal.SIGALRM, _out_of_time)
    unused = set(known)
    for mutant in mutants((solution / "reference.py").read_text(encoding="utf-8")):
        report.total += 1
        if _is_killed(mutant, grades, drill):
            report.killed += 1
        elif mutant.label in known:
            report.equivalent += 1
            unused.discard(mutant.label)
        else:
            report.survivors.append(mutant.label)
    report.stale = sorted(unused)
    return report


def _is_killed(mutant: Mutant, grades: list[Grade], drill: Drill) -> bool:
    if not drill.requires:
        return any(_fails(mutant, grade, drill) for grade in grades)
    child = os.fork()  # a kernel writes where its pointers say, and may take the process with it
    if child == 0:
        os._exit(KILLED if any(_fails(mutant, grade, drill) for grade in grades) else SURVIVED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != SURVIVED


def _fails(mutant: Mutant, grade: Grade, drill: Drill) -> bool:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        namespace = load(mutant.source.encode(), "<mutant>", "llmprep_mutant")
        runner = Runner(grade.probes, namespace, "<mutant>", grade.seed, drill.forbid)
        return _differs(runner, grade)
    except (TooLong, Exception):
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _differs(runner: Runner, grade: Grade) -> bool:
    seen = set()
    for key, run in all_runs(runner):
        seen.add(key)
        expected = grade.expected.get(key)
        if expected is None:
            continue
        if difference(expected, run, grade.noise_of(key)) is not None or mutated(expected, run):
            return True
    return any(key not in seen for key in grade.expected)


def _out_of_time(signum: int, frame: FrameType | None) -> None:
    raise TooLong


def _equivalents(solution: Path) -> dict[str, str]:
    from llmprep.content.yaml_source import read

    path = solution / "equivalent.yaml"
    if not path.exists():
        return {}
    source, problems = read(path)
    if source is None or problems:
        raise ValueError("; ".join(map(str, problems)))
    return {entry["mutant"]: entry["reason"] for entry in source.data or []}


def _grade(root: Path, name: str, drill: Drill, seed: int) -> Grade:
    grade = Grade(
        {
            "drill": name,
            "seed": seed,
            "solution": str(root / "solutions" / name),
            "probes": str(root / "drills" / name / "probes.py"),
            "forbid": list(drill.forbid),
            "requires": list(drill.requires),
            "mistakes": [],
        }
    )
    grade.run_reference()
    return grade


def main(arguments: list[str]) -> int:
    """Print one report per named drill (or all), as JSON lines with `--json`."""
    parser = argparse.ArgumentParser(prog="python -m llmprep.judge.mutate")
    parser.add_argument("drills", nargs="*")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    root = content_root()
    names = options.drills or sorted(path.parent.name for path in root.glob("drills/*/drill.yaml"))
    survived = False
    for name in names:
        report = mutate(root, name, options.seeds)
        survived = survived or bool(report.survivors or report.stale)
        sys.stdout.write(_line(report, options.json))
        sys.stdout.flush()
    return 1 if survived else 0


def _line(report: MutationReport, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(report), ensure_ascii=False) + "\n"
    head = f"{report.drill}: {report.killed} of {report.total} killed, "
    head += f"{report.equivalent} equivalent, {len(report.survivors)} survive\n"
    lines = [f"  survives: {label}\n" for label in report.survivors]
    lines += [f"  no longer a survivor, remove from equivalent.yaml: {label}\n" for label in report.stale]
    return head + "".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
