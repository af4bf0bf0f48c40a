"""`llmprep content check`: problems as `file:line: what; mend.`, then the drills as they are proved."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from llmprep.content.items import NumberTable, Paper
from llmprep.content.library import Unit, load_library
from llmprep.content.links import Finding, is_unwritten
from llmprep.content.problems import Problem
from llmprep.content.rules import problem_of
from llmprep.content.speech import LANGUAGE_NAMES
from llmprep.content.yaml_source import Location
from llmprep.practice.check import check_content, select
from llmprep.practice.proof import Proof, default_jobs, prove
from llmprep.ui.blocks import number_table
from llmprep.ui.formula import layout, parse_error, unknown_macros
from llmprep.ui.terminal import Terminal

COLUMNS = 76
"""What a talk may be wide: 80 columns less what surrounds it."""


def run_check(
    root: Path, wanted: Sequence[str], seeds: int, skip_drills: bool, jobs: int | None, terminal: Terminal
) -> bool:
    """Check everything, or what is `wanted`; whether nothing is wrong.

    Raises:
        UnknownName: something wanted is neither a file nor a drill.
    """
    units = load_library(root)
    selection = select(root, units, wanted)
    checked = check_content(root, units)
    problems = {
        problem
        for problem in (*checked.problems, *_drawing_problems(units))
        if selection.covers(problem.path)
    }
    _report(sorted(problems), terminal)
    drills = [] if skip_drills else [drill for drill in selection.drills if drill in checked.provable]
    for proof in _prove(root, drills, seeds, jobs, terminal):
        found = _new(proof.problems, problems)
        _report(found, terminal)
        problems.update(found)
    items = sum(len(unit.entries) for unit in units if selection.covers(unit.path))
    terminal.line("check.done", items=items, drills=len(drills), problems=len(problems))
    if skip_drills:
        return not problems
    unavailable = [drill for drill in selection.drills if drill in checked.without_library]
    for drill in unavailable:
        libraries = ", ".join(checked.without_library[drill])
        terminal.line("check.no-library", drill=drill, libraries=libraries)
    left_out = len(selection.drills) - len(drills) - len(unavailable)
    if left_out:
        terminal.line("check.not-proved", drills=left_out)
    return not problems


def _report(problems: Iterable[Problem], terminal: Terminal) -> None:
    for problem in problems:
        shown = Problem(_short(problem.path), problem.line, problem.message, problem.mend)
        _print(str(shown), terminal)


def _print(line: str, terminal: Terminal) -> None:
    """One line, however long: a program may read it."""
    terminal.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _new(found: Iterable[Problem], known: set[Problem]) -> list[Problem]:
    """Without what reading the files had already shown, perhaps with a better line."""
    said = {(problem.path, problem.message) for problem in known}
    return sorted(problem for problem in found if (problem.path, problem.message) not in said)


# ---------------------------------------------------------------- proving drills


def _prove(
    root: Path, drills: Sequence[str], seeds: int, jobs: int | None, terminal: Terminal
) -> Iterator[Proof]:
    """Each proof as it ends, with a bar on a terminal and a line for each drill everywhere."""
    jobs = jobs or default_jobs()
    if not terminal.console.is_terminal:
        for proof in prove(root, drills, seeds, jobs, begun=lambda drill: None):
            _show(proof, terminal)
            yield proof
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.console, transient=True) as progress:
        running: list[str] = []
        task = progress.add_task(terminal.say("check.proving"), total=len(drills), visible=bool(drills))

        def begun(drill: str) -> None:
            running.append(drill)
            _describe(progress, task, running, terminal)

        for proof in prove(root, drills, seeds, jobs, begun):
            running.remove(proof.drill)
            _describe(progress, task, running, terminal)
            progress.advance(task)
            _show(proof, terminal)
            yield proof


def _describe(progress: Progress, task: TaskID, running: list[str], terminal: Terminal) -> None:
    progress.update(task, description=" ".join([terminal.say("check.proving"), *running]))


def _show(proof: Proof, terminal: Terminal) -> None:
    values = {name: getattr(proof, name) for name in ("drill", "probes", "mistakes", "named", "valid")}
    seconds = f"{proof.seconds:.0f}"
    _print(terminal.say("check.proved", **values, seconds=seconds, problems=len(proof.problems)), terminal)
    for first, second in proof.alike:
        _print(terminal.say("check.alike", first=first, second=second), terminal)


# ---------------------------------------------------------------- what a terminal can draw


def _drawing_problems(units: list[Unit]) -> Iterator[Problem]:
    for unit in units:
        for entry in unit.entries:
            if isinstance(entry.item, Paper):
                for finding in _drawing_findings(entry.item):
                    yield problem_of(finding, entry, unit)


def _drawing_findings(paper: Paper) -> Iterator[Finding]:
    for position, formula in enumerate(paper.formulas):
        at: Location = ("formulas", position)
        yield from _formula(formula.tex, (*at, "tex"))
        for number, symbol in enumerate(formula.symbols):
            yield from _formula(symbol.tex, (*at, "symbols", number, "tex"))
    for position, table in enumerate(paper.numbers):
        yield from _table(table, ("numbers", position))


def _formula(tex: str, at: Location) -> Iterator[Finding]:
    if is_unwritten(tex):
        return
    if not tex.strip():
        yield Finding("tex is empty", "write the formula", at)
        return
    error = parse_error(tex)
    if error is not None:
        yield Finding(f"'{tex.strip()}' cannot be drawn: {error}", "correct the TeX", at)
        return
    for macro in unknown_macros(tex):
        yield Finding(f"the terminal has no picture for '{macro}'", "write it with usual TeX", at)
    if any(cell_len(line) > COLUMNS for line in layout(tex.strip(), COLUMNS)):
        yield Finding(f"'{tex.strip()}' is wider than {COLUMNS} columns", "split the formula", at)


def _table(table: NumberTable, at: Location) -> Iterator[Finding]:
    for language in LANGUAGE_NAMES:
        paper = io.StringIO()
        Console(file=paper, width=COLUMNS, color_system=None).print(number_table(table, language))
        widest = max(map(cell_len, paper.getvalue().splitlines()), default=0)
        if widest > COLUMNS:
            message = f"the table '{table.caption.en}' is {widest} columns wide in {language}"
            yield Finding(message, f"shorten it to {COLUMNS}", at)
