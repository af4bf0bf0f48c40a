"""What `content check` finds without a terminal and without PyTorch: rules, arithmetic, phrases, folders."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from llmprep.calc.expression import ExpressionProblem, asked_unit, evaluate, names_used
from llmprep.calc.quantity import format_quantity, parse_quantity, within
from llmprep.content.catalogue import UnknownName
from llmprep.content.drill_folder import DrillFolder, check_folder, drill_names
from llmprep.content.items import Drill, Mistake, ModelCard, Point, Question
from llmprep.content.library import Entry, Unit
from llmprep.content.links import Finding, is_unwritten
from llmprep.content.names import spelling
from llmprep.content.problems import Problem
from llmprep.content.rules import check_library, problem_of
from llmprep.content.speech import LANGUAGE_NAMES
from llmprep.content.yaml_source import strings
from llmprep.judge.libraries import missing
from llmprep.practice.rubric import touched

MOST_COMBINATIONS = 2_000
"""Of varied values; where there are more, as many are drawn at random, always the same ones."""


@dataclass(frozen=True)
class Checked:
    """What was found, and which drills are complete enough to be proved.

    Attributes:
        without_library: complete drills that cannot be run here, and what is not installed.
    """

    problems: list[Problem]
    provable: list[str]
    without_library: dict[str, list[str]]


def check_content(root: Path, units: list[Unit]) -> Checked:
    """Every problem of the library under `root` that can be seen without running anything."""
    problems = set(check_library(units))
    models: dict[str, ModelCard] = {}
    for entry in _entries(units, "model"):
        models[entry.id] = entry.item
    for unit in units:
        for entry in unit.entries:
            if isinstance(entry.item, Question):
                problems.update(problem_of(finding, entry, unit) for finding in _question(entry.item, models))
    provable: list[str] = []
    without_library: dict[str, list[str]] = {}
    for folder in _folders(root, units):
        report = check_folder(folder)
        problems.update(report.problems)
        if report.can_be_proved and not _is_unfinished(folder, units):
            libraries = missing(folder.drill.requires) if folder.drill else []
            if libraries:
                without_library[folder.name] = libraries
            else:
                provable.append(folder.name)
    return Checked(sorted(problems), provable, without_library)


def _entries(units: list[Unit], kind: str) -> Iterator[Entry]:
    return (entry for unit in units for entry in unit.entries if entry.kind == kind)


# ---------------------------------------------------------------- which part was asked for


@dataclass(frozen=True)
class Selection:
    """What the author named; `paths` are files and folders of drills, None stands for everything."""

    paths: frozenset[Path] | None
    drills: tuple[str, ...]

    def covers(self, path: Path) -> bool:
        """Whether a problem of that file was asked for."""
        return self.paths is None or any(path == chosen or chosen in path.parents for chosen in self.paths)


def select(root: Path, units: list[Unit], wanted: Sequence[str]) -> Selection:
    """Files, folders and drills by path or name; a file of a drill stands for the drill.

    Raises:
        UnknownName: for the first that is neither, with what it may have meant.
    """
    drills = drill_names(root)
    if not wanted:
        return Selection(None, tuple(drills))
    paths: set[Path] = set()
    chosen: set[str] = set()
    for name in wanted:
        files, named = _one(root, units, drills, name)
        paths |= files
        chosen |= named
    for drill in chosen:
        paths |= {root / "drills" / drill, root / "solutions" / drill}
        paths.add(root / "tests" / "oracles" / f"test_{drill.replace('-', '_')}.py")
    return Selection(frozenset(paths), tuple(sorted(chosen)))


def _one(root: Path, units: list[Unit], drills: list[str], wanted: str) -> tuple[set[Path], set[str]]:
    files = {unit.path for unit in units}
    for path in {Path(wanted).resolve(), (root / wanted).resolve()}:
        inside = {drill for drill in drills if _belongs(path, drill, root)}
        below = {file for file in files if file == path or path in file.parents}
        if path.exists() and (inside or below):
            return below, inside
    aliases = {spelling(alias): entry.id for entry in _entries(units, "drill") for alias in entry.aliases}
    name = aliases.get(spelling(wanted), spelling(wanted))
    if name in drills:
        return set(), {name}
    raise UnknownName("content", wanted, _close(wanted, drills, [*aliases], root, files))


def _belongs(path: Path, drill: str, root: Path) -> bool:
    folders = (root / "drills" / drill, root / "solutions" / drill)
    return any(path == folder or folder in path.parents or path in folder.parents for folder in folders)


def _close(wanted: str, drills: list[str], aliases: list[str], root: Path, files: set[Path]) -> list[str]:
    import difflib

    meant = {name: name for name in (*drills, *aliases)}
    for file in sorted(files):
        relative = file.relative_to(root).as_posix()
        meant.setdefault(relative, relative)
        meant.setdefault(file.name, relative)
        meant.setdefault(file.stem, relative)
    found = difflib.get_close_matches(wanted.lower(), meant, n=3, cutoff=0.6)
    return list(dict.fromkeys(meant[name] for name in found))


# ---------------------------------------------------------------- drills


def _folders(root: Path, units: list[Unit]) -> Iterator[DrillFolder]:
    drills: dict[str, Drill] = {entry.id: entry.item for entry in _entries(units, "drill")}
    mistakes: dict[str, list[tuple[Mistake, int]]] = {}
    for entry in _entries(units, "mistake"):
        mistakes.setdefault(entry.topic, []).append((entry.item, entry.line))
    for name in drill_names(root):
        found = mistakes.get(name, [])
        lines = {mistake.id: line for mistake, line in found}
        yield DrillFolder(root, name, drills.get(name), tuple(mistake for mistake, _ in found), lines)


def _is_unfinished(folder: DrillFolder, units: list[Unit]) -> bool:
    """Whether its YAML has problems or is still, in part, the template's."""
    for unit in units:
        if unit.path.parent not in (folder.learner, folder.solution):
            continue
        if unit.problems or unit.source is None:
            return True
        if any(is_unwritten(text) for _, text in strings(unit.source.data)):
            return True
    return False


# ---------------------------------------------------------------- questions


def _question(question: Question, models: dict[str, ModelCard]) -> Iterator[Finding]:
    if question.compute is not None and not is_unwritten(question.compute):
        yield from _computed(question, question.compute, models)
    if question.points:
        yield from _recognised(question)


def _recognised(question: Question) -> Iterator[Finding]:
    """The answer ticks every point, and the question itself ticks none: judged as the quiz judges."""
    if is_unwritten(question.ask.en):
        return
    for position in touched(question.points, f"{question.ask.en}\n{question.ask.zh}"):
        point = question.points[position]
        phrase = next((phrase for phrase in point.any if _touches(phrase, question)), None)
        key = "all" if phrase is None else "any"
        what = "all its groups stand" if phrase is None else f"its phrase '{phrase}' stands"
        message = f"the point '{point.en}' is free: {what} in the question"
        yield Finding(message, "find words that only an answer has", ("points", position, key))
    for language, language_name in LANGUAGE_NAMES.items():
        answer = question.answer[language] if question.answer is not None else "TODO"
        if is_unwritten(answer):
            continue
        said = touched(question.points, answer, "", question.answer)
        for position, point in enumerate(question.points):
            if position not in said and (point.any or point.all) and not is_unwritten(point.en):
                message = f"the {language_name} answer has no phrase of the point '{point.en}'"
                mend = "say it in the answer, or list its words under any"
                yield Finding(message, mend, ("points", position, "any"))

    yield from _trapped(question)


_CLAIM = re.compile(r'\s*["“「](.+?)["”」]')
"""The wrong claim that a trap quotes, before it says what is wrong with it."""


def _trapped(question: Question) -> Iterator[Finding]:
    """Who says what the trap quotes makes no point by it."""
    for language, language_name in LANGUAGE_NAMES.items():
        claim = _CLAIM.match(question.trap[language]) if question.trap is not None else None
        if claim is None:
            continue
        asked = f"{question.ask.en}\n{question.ask.zh}"
        for position in sorted(touched(question.points, claim[1], asked, question.answer)):
            point = question.points[position]
            message = f"the {language_name} trap, which is wrong, makes the point '{point.en}'"
            mend = "find words that only the point has, or list some of the trap under unless"
            yield Finding(message, mend, ("points", position))


def _touches(phrase: str, question: Question) -> bool:
    return bool(touched((Point("", "", (phrase,)),), f"{question.ask.en}\n{question.ask.zh}"))


def _computed(question: Question, compute: str, models: dict[str, ModelCard]) -> Iterator[Finding]:
    at = ("compute",)
    try:
        used, unit = names_used(compute), asked_unit(compute)
    except ExpressionProblem as problem:
        yield Finding(f"compute: {problem.message}", problem.mend, at)
        return
    for name in sorted(question.vary.keys() - used):
        yield Finding(f"compute does not use '{name}'", "use it or remove it from vary", ("vary", name))
    for name in sorted(used - question.vary.keys()):
        yield Finding(f"compute uses '{name}', which vary does not give", "add it to vary or correct it", at)
    if used != question.vary.keys():
        return
    if unit is not None and unit.endswith("iB"):
        for language in LANGUAGE_NAMES:
            if unit not in question.ask[language]:
                yield Finding(
                    f"compute gives {unit}, and ask does not say so", f"ask for {unit}", ("ask", language)
                )
    for values in _combinations(question.vary):
        finding = _one_draw(question, compute, values, unit, models)
        if finding is not None:
            yield finding
            return


def _combinations(
    vary: dict[str, tuple[str | int | float, ...]],
) -> Iterator[dict[str, str | int | float]]:
    """All draws of the varied values, or, where those are too many, a fixed sample."""
    if math.prod(map(len, vary.values())) <= MOST_COMBINATIONS:
        for drawn in itertools.product(*vary.values()):
            yield dict(zip(vary, drawn, strict=True))
        return
    dice = random.Random(0)
    for _ in range(MOST_COMBINATIONS):
        yield {name: dice.choice(values) for name, values in vary.items()}


def _one_draw(
    question: Question,
    compute: str,
    values: dict[str, str | int | float],
    unit: str | None,
    models: dict[str, ModelCard],
) -> Finding | None:
    """The first fault of one draw: it can be computed, shown, and what is shown can be read back."""
    shown = ", ".join(f"{name} = {value}" for name, value in values.items())
    try:
        value = evaluate(compute, values, models)
    except ExpressionProblem as problem:
        return Finding(f"compute: {problem.message} (for {shown})", problem.mend, ("compute",))
    if value == 0:
        message = f"the result is 0 for {shown}, which no percentage can judge"
        return Finding(message, "vary other values", ("compute",))
    said = format_quantity(value)
    try:
        read = parse_quantity(said, unit)
        if read is not None and within(read, value, question.tolerance):
            return None
    except ValueError:  # a tolerance that is no percentage: the rules say so
        return None
    message = (
        f"the result is shown as '{said}{' ' + unit if unit else ''}' and read back as {read} (for {shown})"
    )
    return Finding(message, "ask in another unit or widen the tolerance", ("compute",))
