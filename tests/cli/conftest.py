"""The command line run in this process: arguments in, exit status and what was printed out."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from llmprep.cli.main import run
from llmprep.content.locate import FOLDERS, content_root


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A learner's folder, not made yet, on the evening of 22 November 2026 in China."""
    for name in ("LLMPREP_LANG", "LLMPREP_DEBUG", "LC_ALL", "LC_MESSAGES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "llmprep"
    chosen = {
        "HOME": tmp_path, "LLMPREP_HOME": folder, "XDG_CACHE_HOME": tmp_path / "cache",
        "LLMPREP_NOW": "2026-11-22T20:00", "TZ": "CST-8", "LANG": "C.UTF-8",
    }  # fmt: skip
    for name, value in chosen.items():
        monkeypatch.setenv(name, str(value))
    time.tzset()
    yield folder
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def llmprep(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs `llmprep ARGUMENTS` as the console script does."""

    def command(*arguments: str) -> Done:
        before = dict(os.environ)
        monkeypatch.setattr(sys, "argv", ["llmprep", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        for name in set(os.environ) - set(before):  # options before the command become variables
            del os.environ[name]
        captured = capsys.readouterr()
        return Done(int(ended.value.code or 0), captured.out, captured.err)

    return command


@pytest.fixture
def copied_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all content that a test may spoil."""
    target = tmp_path / "content"
    for folder in FOLDERS:
        shutil.copytree(content_root() / folder, target / folder)
    monkeypatch.setenv("LLMPREP_CONTENT", str(target))
    return target
