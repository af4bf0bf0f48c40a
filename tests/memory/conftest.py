"""A learner of one's own: an empty home, a known time zone, and a clock that the test moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store

CHINA = "CST-8"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder, not made yet."""
    for name in ("LLMPREP_NOW", "LLMPREP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home" / "llmprep"
    monkeypatch.setenv("LLMPREP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves the learner to a time zone, in POSIX notation so that no zone files are needed."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    move(CHINA)
    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock."""
    return lambda moment: monkeypatch.setenv("LLMPREP_NOW", moment)


@pytest.fixture
def store(at: Callable[[str], None]) -> Iterator[Store]:
    """An empty store on the evening of 22 November 2026."""
    at("2026-11-22T20:00")
    with open_store(Settings()) as opened:
        yield opened
