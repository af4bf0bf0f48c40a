"""Proves a drill: `python -m llmprep.judge.audit attention` (content is trusted, so it runs in one process).

Over many seeds: the reference and every valid answer pass, the stub and every mistake fail, every mistake
is named, no variation is vacuous, and the parameter table is the reference's own.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from llmprep.content.items import Drill, Mistake
from llmprep.content.json_form import to_json
from llmprep.content.library import load_unit
from llmprep.content.locate import content_root
from llmprep.judge.agreement import difference, mutated
from llmprep.judge.candidate import load
from llmprep.judge.diagnosis import Evidence, Namer
from llmprep.judge.mistakes import MistakeProblem, WrongSolution, build
from llmprep.judge.parameters import describe
from llmprep.judge.referee import Grade
from llmprep.judge.runner import Run, RunKey, Runner
from llmprep.judge.verdict import Diagnosis

SEEDS = 20
NAMING_SEEDS = 3


@dataclass(frozen=True)
class Finding:
    """Something wrong with a drill, in one sentence, and how to mend it."""

    file: str
    message: str
    mend: str


@dataclass
class Report:
    """What was proved of one drill."""

    drill: str
    findings: list[Finding] = field(default_factory=list)
    probes: int = 0
    mistakes: int = 0
    named: int = 0
    alike: list[tuple[str, str]] = field(default_factory=list)
    valid: int = 0
    seconds: float = 0.0


def audit(root: Path, name: str, seeds: int = SEEDS) -> Report:
    """Check everything that can be proved about drill `name`."""
    torch.set_num_threads(1)
    began = time.monotonic()
    report = Report(name)
    drill_file, solution = root / "drills" / name / "drill.yaml", root / "solutions" / name
    units = [load_unit(drill_file), load_unit(solution / "mistakes.yaml"), load_unit(solution / "notes.yaml")]
    for unit in units:
        report.findings += [
            Finding(str(p.path), f"line {p.line}: {p.message}", p.mend) for p in unit.problems
        ]
    if report.findings:
        return report
    drill: Drill = units[0].entries[0].item
    mistakes: list[Mistake] = [entry.item for entry in units[1].entries]
    examination = Examination(root, name, drill, mistakes, report)
    examination.run(seeds)
    report.seconds = time.monotonic() - began
    return report


class Examination:
    """One drill under examination; findings go into its report."""

    def __init__(self, root: Path, name: str, drill: Drill, mistakes: list[Mistake], report: Report):
        self.root, self.name, self.drill, self.report = root, name, drill, report
        self.solution = root / "solutions" / name
        self.mistakes = [to_json(mistake) for mistake in mistakes]
        self.wrong: list[WrongSolution] = []

    def run(self, seeds: int) -> None:
        """All checks; the ones that need a working reference only if there is one."""
        self._build_mistakes()
        first = self._grade(0)
        self.report.probes = len(first.probes)
        self._check_reference(first)
        if self.report.findings:
            return
        self._check_stub(first)
        self._check_parameters(first)
        self._check_vacuous(first)
        valid = sorted((self.solution / "valid").glob("*.py"))
        self.report.valid = len(valid)
        if len(valid) < 2:
            self._find(
                "valid",
                f"there are {len(valid)} valid alternatives",
                "write at least two that look unlike the reference",
            )
        failing_valid: set[Path] = set()
        survivors: set[str] = set()
        for seed in range(seeds):
            grade = first if seed == 0 else self._grade(seed)
            if seed:
                self._check_reference(grade)
            for path in valid:
                if path not in failing_valid and self._rejected(grade, path):
                    failing_valid.add(path)
            for wrong in self.wrong:
                if wrong.ids[0] not in survivors and not self._fails(grade, wrong):
                    survivors.add(wrong.ids[0])
                    self._find(
                        "mistakes.yaml",
                        f"the mistake '{wrong.ids[0]}' passes every probe (seed {seed})",
                        "add a probe that tells it from the reference, or drop it",
                    )
        self._check_names(min(seeds, NAMING_SEEDS), survivors)

    # --------------------------------------------------------------- checks

    def _build_mistakes(self) -> None:
        text = (self.solution / "reference.py").read_text(encoding="utf-8")
        for mistake in self.mistakes:
            try:
                self.wrong.append(build(text, mistake, self.solution))
            except MistakeProblem as problem:
                self._find("mistakes.yaml", str(problem), "make the swap's text match the reference")
        self.report.mistakes = len(self.mistakes)
        if len(self.mistakes) < 6:
            self._find("mistakes.yaml", f"there are {len(self.mistakes)} mistakes", "write at least six")

    def _check_reference(self, grade: Grade) -> None:
        for key, run in grade.expected.items():
            if run.problem is not None:
                self._find(
                    "reference.py",
                    f"the reference raises in probe {key.probe}, {key.variation} (seed {grade.seed}): "
                    f"{_short(run.detail)}",
                    "mend the reference or let the probe opt out of that variation",
                )
        candidate = self._runner(grade, (self.solution / "reference.py").read_bytes(), "reference")
        found = next(self._differences(grade, candidate), None)
        if found is not None:
            self._find(
                "reference.py",
                f"the reference does not pass its own probes: {found}",
                "is it random, or does it use what is forbidden?",
            )

    def _check_stub(self, grade: Grade) -> None:
        path = self.root / "drills" / self.name / "stub.py"
        runner = self._runner(grade, path.read_bytes(), "stub")
        for run in runner.runs():
            if run.problem != "missing":
                self._find(
                    "stub.py",
                    f"the stub does not raise NotImplementedError in probe {run.key.probe}",
                    "leave every body unwritten",
                )
                return

    def _check_parameters(self, grade: Grade) -> None:
        namespace = grade.runner.namespace
        for declared in self.drill.parameters:
            module = eval(declared.build, dict(vars(namespace)))
            actual = {name: tuple(entry[0]) for name, entry in describe(module)["parameters"].items()}
            if actual != {name: tuple(shape) for name, shape in declared.table.items()}:
                table = json.dumps({name: list(shape) for name, shape in actual.items()})
                self._find(
                    "drill.yaml",
                    f"the parameter table of {declared.build} is not the reference's",
                    f"write table: {table}",
                )

    def _check_vacuous(self, grade: Grade) -> None:
        for key, run in grade.expected.items():
            if key.variation == "gradient" and not _any_nonzero(run.value):
                self._find(
                    "probes.py", f"no gradient reaches anything in probe {key.probe}", "declare no_grad=True"
                )

    def _rejected(self, grade: Grade, path: Path) -> bool:
        runner = self._runner(grade, path.read_bytes(), path.stem)
        found = next(self._differences(grade, runner), None)
        if found is None:
            return False
        self._find(
            f"valid/{path.name}",
            f"it is rejected (seed {grade.seed}): {found}",
            "loosen the probe, or the prompt must fix what differs",
        )
        return True

    def _fails(self, grade: Grade, wrong: WrongSolution) -> bool:
        try:
            runner = self._runner(grade, wrong.source.encode(), wrong.ids[0])
        except Exception:  # a mistake that breaks the import fails, as it should
            return True
        return next(self._differences(grade, runner), None) is not None

    def _check_names(self, seeds: int, survivors: set[str]) -> None:
        named: dict[str, int] = {}
        alike: dict[tuple[str, str], int] = {}
        for seed in range(seeds):
            grade = self._grade(seed)
            gave = {wrong.ids[0]: self._gave(grade, wrong) for wrong in self.wrong}
            for wrong in self.wrong:
                if wrong.ids[0] in survivors:
                    continue
                diagnosis = self._diagnose(grade, wrong, gave)
                if diagnosis is None or wrong.ids[0] not in diagnosis.mistakes:
                    continue
                named[wrong.ids[0]] = named.get(wrong.ids[0], 0) + 1
                for other in diagnosis.mistakes:
                    if other != wrong.ids[0]:
                        pair = (min(other, wrong.ids[0]), max(other, wrong.ids[0]))
                        alike[pair] = alike.get(pair, 0) + 1
        self.report.named = sum(count == seeds for count in named.values())
        self.report.alike = sorted(pair for pair, count in alike.items() if count >= 2 * seeds)
        for wrong in self.wrong:
            if wrong.ids[0] not in survivors and named.get(wrong.ids[0], 0) < seeds:
                self._find(
                    "mistakes.yaml",
                    f"the mistake '{wrong.ids[0]}' is not named on every seed",
                    "make its runs reproducible, or merge it with another",
                )

    def _gave(self, grade: Grade, wrong: WrongSolution) -> dict[RunKey, Run]:
        """What a mistake gave in every run; nothing if it cannot even be imported."""
        try:
            runner = self._runner(grade, wrong.source.encode(), wrong.ids[0])
        except Exception:
            return {}
        return {run.key: run for run in runner.runs()}

    def _diagnose(
        self, grade: Grade, wrong: WrongSolution, gave: dict[str, dict[RunKey, Run]]
    ) -> Diagnosis | None:
        failing: dict[RunKey, Run] = {}
        passing: dict[RunKey, Run] = {}
        for run in gave[wrong.ids[0]].values():
            expected = grade.expected.get(run.key)
            if expected is None:
                continue
            bad = difference(expected, run, grade.noise_of(run.key)) is not None or bool(
                mutated(expected, run)
            )
            (failing if bad else passing)[run.key] = run
        namer = Namer(grade.probes, grade.seed, self.drill.forbid, 60.0, gave)
        return namer.name(Evidence(failing, passing), self.wrong, list)

    # -------------------------------------------------------------- helpers

    def _grade(self, seed: int) -> Grade:
        grade = Grade(
            {
                "drill": self.name,
                "seed": seed,
                "solution": str(self.solution),
                "probes": str(self.root / "drills" / self.name / "probes.py"),
                "forbid": list(self.drill.forbid),
                "requires": list(self.drill.requires),
                "mistakes": self.mistakes,
            }
        )
        grade.run_reference()
        return grade

    def _runner(self, grade: Grade, source: bytes, label: str) -> Runner:
        filename = f"<{self.name}/{label}>"
        namespace = load(source, filename, f"llmprep_audit_{self.name.replace('-', '_')}")
        return Runner(grade.probes, namespace, filename, grade.seed, self.drill.forbid)

    def _differences(self, grade: Grade, runner: Runner) -> Iterator[str]:
        seen: set[RunKey] = set()
        for run in runner.runs():
            key = run.key
            seen.add(key)
            expected = grade.expected.get(key)
            if expected is None:
                continue
            found = difference(expected, run, grade.noise_of(key))
            if found is not None:
                yield f"{key.probe}, {key.variation}: {found.problem} {_short(found.detail)}"
            changed = mutated(expected, run)
            if changed:
                yield f"{key.probe}: changes its input {changed}"
        for key in grade.expected:
            if key not in seen:
                yield f"{key.probe}, {key.variation}: no result"

    def _find(self, file: str, message: str, mend: str) -> None:
        folder = "drills" if file in ("drill.yaml", "probes.py", "stub.py") else "solutions"
        self.report.findings.append(Finding(f"{folder}/{self.name}/{file}", message, mend))


def all_runs(runner: Runner) -> Iterator[tuple[RunKey, Run]]:
    """Every run of an implementation with its key, plain ones first."""
    for run in runner.runs():
        yield run.key, run


def _any_nonzero(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_any_nonzero(element) for element in value.values())
    return isinstance(value, Tensor) and bool((value != 0).any())


def _short(detail: dict[str, Any]) -> str:
    return str({key: value for key, value in detail.items() if key not in ("map", "locals")})[:300]


def main(arguments: list[str], write: Callable[[str], object] = sys.stdout.write) -> int:
    """Audit the named drills (or all) and print the findings; `--json` prints one report per line."""
    parser = argparse.ArgumentParser(prog="python -m llmprep.judge.audit")
    parser.add_argument("drills", nargs="*")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    root = content_root()
    names = options.drills or sorted(path.parent.name for path in root.glob("drills/*/drill.yaml"))
    bad = False
    for name in names:
        report = audit(root, name, options.seeds)
        bad = bad or bool(report.findings)
        if options.json:
            write(json.dumps(asdict(report)) + "\n")
        else:
            _print(report, write)
        sys.stdout.flush()
    return 1 if bad else 0


def _print(report: Report, write: Callable[[str], object]) -> None:
    for finding in report.findings:
        write(f"{finding.file}: {finding.message}; {finding.mend}.\n")
    write(
        f"{report.drill}: {report.probes} probes, {report.mistakes} mistakes, {report.named} named, "
        f"{report.valid} valid alternatives, {len(report.findings)} findings, {report.seconds:.1f} s\n"
    )
    for first, second in report.alike:
        write(f"  no probe tells {first} from {second}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
