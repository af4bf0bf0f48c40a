"""Looks at everything the program needs on this machine, by trying it."""

from __future__ import annotations

import platform
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
    yield _content(catalogue)
    yield from _home(settings)
    yield from _judge(catalogue)


def _torch() -> Finding:
    try:
        return Finding("torch", True, metadata.version("torch"))
    except metadata.PackageNotFoundError:
        return Finding("torch", False, "-")


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
