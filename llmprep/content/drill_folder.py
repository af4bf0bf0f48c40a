"""The files of a drill, read and never run: all are there, they fit together, nothing else lies about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from llmprep.content.items import Drill, Mistake
from llmprep.content.links import is_unwritten
from llmprep.content.names import did_you_mean
from llmprep.content.problems import Problem

LEARNER_FILES = ("drill.yaml", "stub.py", "probes.py")
SOLUTION_FILES = ("reference.py", "mistakes.yaml", "notes.yaml")
OPTIONAL_FILES = ("equivalent.yaml", "against.py")
"""Edits of the reference that change nothing (`llmprep.judge.mutate`); the same thing in a library
(`llmprep.judge.against`)."""
FEWEST_MISTAKES = 6
FEWEST_VALID = 2
_ADD_FILE = "add it; `llmprep content new drill` shows what belongs there"


@dataclass(frozen=True)
class DrillFolder:
    """What is known of one drill; `drill` is None where its drill.yaml is missing or broken."""

    root: Path
    name: str
    drill: Drill | None
    mistakes: tuple[Mistake, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each mistake in mistakes.yaml."""

    @property
    def learner(self) -> Path:
        """What the learner reads."""
        return self.root / "drills" / self.name

    @property
    def solution(self) -> Path:
        """What the learner is compared with."""
        return self.root / "solutions" / self.name


def drill_names(root: Path) -> list[str]:
    """Every drill that has a folder on either side."""
    folders = (*(root / "drills").glob("*/"), *(root / "solutions").glob("*/"))
    return sorted({path.name for path in folders if path.is_dir() and not _is_hidden(path)})


@dataclass(frozen=True)
class FolderReport:
    """What is wrong, and whether running the drill could tell more: not while it is incomplete."""

    problems: list[Problem]
    can_be_proved: bool


def check_folder(folder: DrillFolder) -> FolderReport:
    """Everything wrong with the files of a drill that can be seen without running them."""
    missing = list(_missing(folder))
    problems = [*missing, *_stray(folder)]
    if folder.drill is None or missing:
        return FolderReport(problems, can_be_proved=False)
    modules: dict[Path, ast.Module] = {}
    unreadable: list[Problem] = []
    for path in _python_files(folder):
        module, found = _parsed(path)
        unreadable += found
        if module is not None:
            modules[path] = module
    problems += unreadable
    problems += _names_defined(folder.drill, modules)
    problems += _too_few_valid(folder)
    problems += _mistake_problems(folder)
    problems += _oracle_problems(folder)
    return FolderReport(problems, can_be_proved=not unreadable)


# ---------------------------------------------------------------- files


def _missing(folder: DrillFolder) -> Iterator[Problem]:
    for inside, names in ((folder.learner, LEARNER_FILES), (folder.solution, SOLUTION_FILES)):
        for name in names:
            if not (inside / name).is_file():
                yield Problem(inside / name, 1, f"drill '{folder.name}' has no {name}", _ADD_FILE)


def _stray(folder: DrillFolder) -> Iterator[Problem]:
    """Files that nothing reads: a wrong name is the usual reason."""
    for inside, names in ((folder.learner, LEARNER_FILES), (folder.solution, SOLUTION_FILES)):
        expected = set(names)
        if inside == folder.solution:
            expected.update(OPTIONAL_FILES, *((mistake.file,) for mistake in folder.mistakes if mistake.file))
        for path in _entries(inside):
            if path.name not in expected and not (inside == folder.solution and path.name == "valid"):
                mend = did_you_mean(path.name, names, "remove it")
                yield Problem(path, 1, f"nothing reads this file of drill '{folder.name}'", mend)
    for path in _entries(folder.solution / "valid"):
        if path.suffix != ".py" or not path.is_file():
            yield Problem(path, 1, "valid/ holds Python files alone", "remove it")


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not _is_hidden(path))


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name == "__pycache__"


# ---------------------------------------------------------------- Python


def _python_files(folder: DrillFolder) -> list[Path]:
    valid = [path for path in _entries(folder.solution / "valid") if path.suffix == ".py"]
    against = folder.solution / "against.py"
    return [
        folder.learner / "stub.py",
        folder.learner / "probes.py",
        folder.solution / "reference.py",
        *valid,
        *([against] if against.is_file() else []),
    ]


def _parsed(path: Path) -> tuple[ast.Module | None, list[Problem]]:
    try:
        text = path.read_text(encoding="utf-8")
        module = ast.parse(text)
    except SyntaxError as error:
        return None, [Problem(path, error.lineno or 1, f"not Python: {error.msg}", "mend the syntax")]
    except (OSError, ValueError) as error:
        return None, [Problem(path, 1, f"cannot be read: {error}", "save it as UTF-8 text")]
    unwritten = [
        Problem(path, number, f"not written yet: {line.strip()}", "replace the TODO")
        for number, line in enumerate(text.splitlines(), start=1)
        if "TODO" in line
    ]
    return module, unwritten


def _names_defined(drill: Drill, modules: dict[Path, ast.Module]) -> Iterator[Problem]:
    for path, module in modules.items():
        defined = _defined(module)
        wanted = {"probes.py": (), "against.py": ("COUNTERPART", "pairs")}.get(path.name, drill.names)
        for name in wanted:
            if name not in defined:
                mend = did_you_mean(name, defined, "define it, or correct names: in drill.yaml")
                yield Problem(path, 1, f"'{name}' is not defined here", mend)


def _defined(module: ast.Module) -> set[str]:
    """The functions, classes and variables of a module."""
    names = set()
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _too_few_valid(folder: DrillFolder) -> Iterator[Problem]:
    count = sum(path.suffix == ".py" for path in _entries(folder.solution / "valid"))
    if count < FEWEST_VALID:
        message = f"there are {count} valid alternatives"
        yield Problem(
            folder.solution / "valid", 1, message, "write at least two that look unlike the reference"
        )


# ---------------------------------------------------------------- mistakes, oracle


def _mistake_problems(folder: DrillFolder) -> Iterator[Problem]:
    path = folder.solution / "mistakes.yaml"
    if len(folder.mistakes) < FEWEST_MISTAKES:
        yield Problem(path, 1, f"there are {len(folder.mistakes)} mistakes", "write at least six")
    reference = (folder.solution / "reference.py").read_text(encoding="utf-8")
    for mistake in folder.mistakes:
        line = folder.lines.get(mistake.id, 1)
        if mistake.file is not None and not (folder.solution / mistake.file).is_file():
            yield Problem(path, line, f"mistake '{mistake.id}': there is no file '{mistake.file}'", "add it")
        changed = reference
        for old, new in mistake.swap.items():
            count = changed.count(old)
            if is_unwritten(old):
                message = f"the swap of mistake '{mistake.id}' is not written yet"
                yield Problem(path, line, message, "replace the TODO")
                break
            if count != 1:
                found = f"occurs {count} times in the reference, not once"
                message = f"the text {old!r} of mistake '{mistake.id}' {found}"
                yield Problem(path, line, message, "make the swap's text match the reference")
                break
            changed = changed.replace(old, new)
        else:
            yield from _compiles(changed, mistake, path, line)


def _compiles(source: str, mistake: Mistake, path: Path, line: int) -> Iterator[Problem]:
    try:
        ast.parse(source)
    except SyntaxError as error:
        message = f"mistake '{mistake.id}' does not compile (line {error.lineno}: {error.msg})"
        yield Problem(path, line, message, "make the swap's text match the reference")


def _oracle_problems(folder: DrillFolder) -> Iterator[Problem]:
    """In a checkout, a test compares the reference with an implementation that is not ours.

    What `against.py` compares is a test already: tests/oracles/test_against.py runs all of them.
    """
    tests = folder.root / "tests" / "oracles"
    if not tests.is_dir():
        return
    own = tests / f"test_{folder.name.replace('-', '_')}.py"
    if own.is_file():
        yield from _parsed(own)[1]
    if (folder.solution / "against.py").is_file():
        return
    quoted = (f'"{folder.name}"', f"'{folder.name}'")
    for path in (own, *sorted(tests.glob("test_*.py"))):
        if path.is_file() and any(text in path.read_text(encoding="utf-8") for text in quoted):
            return
    message = f"no test compares the reference of drill '{folder.name}' with another implementation"
    yield Problem(own, 1, message, f'write it: {own.name} uses the fixture reference("{folder.name}")')
