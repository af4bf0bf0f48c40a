"""The Python side of a drill, read and never run: its files are there, fit together, and nothing else lies about."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from llmprep.content.items import Drill, Mistake
from llmprep.content.links import is_unwritten
from llmprep.content.names import did_you_mean
from llmprep.content.problems import Problem

LEARNER_FILES = ("drill.yaml", "stub.py", "probes.py")
SOLUTION_FILES = ("reference.py", "mistakes.yaml", "notes.yaml")
FEWEST_MISTAKES = 6
FEWEST_VALID = 2


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


def folder_problems(folder: DrillFolder) -> Iterator[Problem]:
    """Everything wrong with the files of a drill that can be seen without running them."""
    missing = list(_missing(folder))
    yield from missing
    yield from _stray(folder)
    if folder.drill is None or missing:
        return
    modules = {}
    for path in (folder.learner / "stub.py", folder.learner / "probes.py", folder.solution / "reference.py"):
        module, problems = _parsed(path)
        yield from problems
        modules[path.name] = module
    yield from _names_defined(folder, modules)
    yield from _valid_problems(folder)
    yield from _mistake_problems(folder)
    yield from _oracle_problems(folder)


def can_be_proved(problems: Iterable[Problem]) -> bool:
    """Whether running the drill would tell more: not while a file is missing, unreadable or unwritten."""
    return not any(problem.mend in _BLOCKING for problem in problems)


_ADD_FILE = "add it; `llmprep content new drill` shows what belongs there"
_MEND_SYNTAX = "mend the syntax"
_REPLACE_TODO = "replace the TODO"
_BLOCKING = (_ADD_FILE, _MEND_SYNTAX, _REPLACE_TODO)


# ---------------------------------------------------------------- files


def _missing(folder: DrillFolder) -> Iterator[Problem]:
    for inside, names in ((folder.learner, LEARNER_FILES), (folder.solution, SOLUTION_FILES)):
        for name in names:
            if not (inside / name).is_file():
                yield Problem(inside / name, 1, f"drill '{folder.name}' has no {name}", _ADD_FILE)


def _stray(folder: DrillFolder) -> Iterator[Problem]:
    """Files that nothing reads: a wrong name is the usual reason."""
    for inside, names in ((folder.learner, LEARNER_FILES), (folder.solution, SOLUTION_FILES)):
        expected = {*names, *(mistake.file for mistake in folder.mistakes if inside == folder.solution)}
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


def _parsed(path: Path) -> tuple[ast.Module | None, list[Problem]]:
    try:
        text = path.read_text(encoding="utf-8")
        module = ast.parse(text)
    except SyntaxError as error:
        return None, [Problem(path, error.lineno or 1, f"not Python: {error.msg}", _MEND_SYNTAX)]
    except (OSError, ValueError) as error:
        return None, [Problem(path, 1, f"cannot be read: {error}", _MEND_SYNTAX)]
    unwritten = [
        Problem(path, number, f"'{line.strip()}'", _REPLACE_TODO)
        for number, line in enumerate(text.splitlines(), start=1)
        if "TODO" in line
    ]
    return module, unwritten


def _names_defined(folder: DrillFolder, modules: dict[str, ast.Module | None]) -> Iterator[Problem]:
    assert folder.drill is not None
    for path in (folder.learner / "stub.py", folder.solution / "reference.py"):
        module = modules[path.name]
        defined = _defined(module) if module is not None else None
        for name in folder.drill.names if defined is not None else ():
            if name not in defined:
                mend = did_you_mean(name, defined, f"define it, or correct names: in {folder.name}/drill.yaml")
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


def _valid_problems(folder: DrillFolder) -> Iterator[Problem]:
    assert folder.drill is not None
    valid = [path for path in _entries(folder.solution / "valid") if path.suffix == ".py"]
    if len(valid) < FEWEST_VALID:
        message = f"there are {len(valid)} valid alternatives"
        yield Problem(folder.solution / "valid", 1, message, "write at least two that look unlike the reference")
    for path in valid:
        module, problems = _parsed(path)
        yield from problems
        for name in folder.drill.names if module is not None else ():
            if name not in _defined(module):
                yield Problem(path, 1, f"'{name}' is not defined here", "define everything in names:")


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
            if count != 1 and not is_unwritten(old):
                message = f"the text {old!r} of mistake '{mistake.id}' occurs {count} times in the reference, not once"
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
    """In a checkout, a test compares the reference with an implementation that is not ours."""
    tests = folder.root / "tests" / "oracles"
    if not tests.is_dir():
        return
    own = tests / f"test_{folder.name.replace('-', '_')}.py"
    quoted = (f'"{folder.name}"', f"'{folder.name}'")
    for path in (own, *sorted(tests.glob("test_*.py"))):
        if path.is_file() and any(text in path.read_text(encoding="utf-8") for text in quoted):
            return
    message = f"no test compares the reference of drill '{folder.name}' with another implementation"
    yield Problem(own, 1, message, f'write it: {own.name} uses the fixture reference("{folder.name}")')
