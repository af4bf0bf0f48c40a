"""Looks at everything the program needs on this machine, by trying it."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from llmprep.content.catalogue import Catalogue
from llmprep.judge.client import Judge
from llmprep.judge.processes import JudgeProblem
from llmprep.judge.selftest import try_guarantees
from llmprep.memory.home import learner_home, make_folder
from llmprep.memory.problems import MemoryProblem
from llmprep.memory.settings import Settings
from llmprep.practice.drill import make_judge

NEEDED = (
    "typer",
    "rich",
    "prompt_toolkit",
    "fsrs",
    "pyyaml",
    "pydantic",
    "pylatexenc",
    "watchfiles",
    "safetensors",
)
OPTIONAL = ("triton", "genanki", "mcp")
NARROWEST = 60
"""Columns below which pictures and tables become lists."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is as it should be, and the fact behind it."""

    name: str
    good: bool
    fact: str


def examine(catalogue: Catalogue, settings: Settings) -> Iterator[Finding]:
    """Everything, cheapest first; the judge's walls last, because they need PyTorch."""
    yield Finding("python", sys.version_info >= (3, 11), platform.python_version())
    yield _torch()
    yield _libraries()
    yield _editor(settings)
    yield from _terminal()
    yield _content(catalogue)
    yield from _home(settings)
    yield from _judge(catalogue)


def _torch() -> Finding:
    try:
        return Finding("torch", True, metadata.version("torch"))
    except metadata.PackageNotFoundError:
        return Finding("torch", False, "-")


def _libraries() -> Finding:
    """Versions of what the program is made of; a missing one is named."""
    found = {name: _version(name) for name in NEEDED}
    missing = [name for name, version in found.items() if version is None]
    optional = [f"{name} {version}" for name in OPTIONAL if (version := _version(name))]
    versions = ", ".join([f"{name} {version}" for name, version in found.items() if version] + optional)
    return Finding("libraries", not missing, ", ".join(missing) or versions)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _editor(settings: Settings) -> Finding:
    command = settings.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        return Finding("editor", True, "-")
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return Finding("editor", False, command)
    return Finding("editor", shutil.which(program) is not None, command)


def _terminal() -> Iterator[Finding]:
    columns = shutil.get_terminal_size().columns
    colours = "no" if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else "yes"
    yield Finding("width", columns >= NARROWEST, str(columns))
    yield Finding("colours", True, f"{colours} (TERM={os.environ.get('TERM', '-')})")
    encoding = sys.stdout.encoding or "-"
    try:
        "√注意力█".encode(encoding)
        speaks = True
    except (UnicodeEncodeError, LookupError):
        speaks = False
    yield Finding("encoding", speaks, encoding)


def _content(catalogue: Catalogue) -> Finding:
    problems = catalogue.problems()
    counts = ", ".join(f"{catalogue.count(kind)} {kind}s" for kind in ("question", "drill", "paper"))
    return Finding("content", not problems, str(problems[0]) if problems else counts)


def _home(settings: Settings) -> Iterator[Finding]:
    from llmprep.memory.store import open_store

    home = learner_home()
    try:
        make_folder(home)
        free = shutil.disk_usage(home).free
        yield Finding("home", free > 10 << 20, f"{home} ({free >> 20:,} MiB)")
        with open_store(settings) as store:
            damage = store.check()
            yield Finding("database", not damage, damage[0] if damage else str(store.path))
    except MemoryProblem as problem:
        yield Finding("home" if problem.kind == "home-unwritable" else "database", False, str(problem))


def _judge(catalogue: Catalogue) -> Iterator[Finding]:
    home_file = make_folder(learner_home()) / ".doctor"
    home_file.write_text("secret", encoding="utf-8")
    solutions = sorted((catalogue.root / "solutions").glob("*/reference.py"))
    secret = solutions[0] if solutions else Path(__file__)
    judge: Judge = make_judge(catalogue)
    try:
        for guarantee in try_guarantees((secret, home_file), judge):
            yield Finding(f"wall.{guarantee.name}", guarantee.held, guarantee.how)
    except JudgeProblem as problem:
        yield Finding("judge", False, str(problem))
    finally:
        judge.close()
        home_file.unlink(missing_ok=True)
