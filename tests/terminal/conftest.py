"""A learner with a folder of their own, who types at a real (pseudo-)terminal or reads through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store
from llmprep.practice.talk import FollowUp, Rehearsal

EVENING = "2026-11-22T20:00"
CHINA = "CST-8"
PATIENCE = 60.0
"""Seconds until a missing text is a failure; nothing waits this long when the program works."""


class Screen:
    """The program in a terminal: what is pressed goes in, what would be seen is read from an emulated screen.

    Texts are compared without white space, so that it does not matter where a line was wrapped. After keys
    are pressed only what lies at or below the cursor of that moment counts as new, unless it is redrawn in
    place (`wait_to_see`).
    """

    def __init__(self, command: list[str], environment: dict[str, str], cwd: Path, rows: int, columns: int):
        self.rows, self.columns = rows, columns
        self._screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment,
            cwd=str(cwd),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self._child.delaybeforesend = None
        self._mark = 0
        self._settings = termios.tcgetattr(self._child.child_fd)
        self.written = b""

    # ---------------------------------------------------------------- keys

    def press(self, keys: str) -> None:
        """Send keys as they are; "\\r" is Enter, "\\x03" Ctrl-C, "\\x7f" Backspace."""
        self._mark = len(self._screen.history.top) + self._screen.cursor.y
        self._child.send(keys.encode())

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._child.kill(number)

    def resize(self, rows: int, columns: int) -> None:
        """Drag the corner of the window."""
        self._child.setwinsize(rows, columns)
        self._screen.resize(rows, columns)
        self.rows, self.columns = rows, columns

    # ---------------------------------------------------------------- seeing

    def lines(self) -> list[str]:
        """The visible screen."""
        return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        """The visible screen as one text."""
        return "\n".join(self.lines())

    def everything(self) -> list[str]:
        """All lines: what scrolled away, then the screen."""
        gone = [_rendered(line, self._screen.columns) for line in self._screen.history.top]
        return [*gone, *self.lines()]

    def wait_for(self, *texts: str, timeout: float = PATIENCE) -> str:
        """Read until one of `texts` is new on the screen; which one it is."""
        return self._wait(texts, lambda: self.everything()[self._mark :], timeout)

    def wait_to_see(self, text: str, timeout: float = PATIENCE) -> None:
        """Read until `text` is anywhere on the visible screen."""
        self._wait((text,), self.lines, timeout)

    def _wait(self, texts: tuple[str, ...], looked_at: Callable[[], list[str]], timeout: float) -> str:
        deadline, alive = time.monotonic() + timeout, True
        while True:
            seen = _squeezed("".join(looked_at()))
            found = next((text for text in texts if _squeezed(text) in seen), None)
            if found is not None:
                return found
            assert alive, f"none of {texts} is on the screen:\n" + "\n".join(self.everything())
            alive = self._read(deadline - time.monotonic())

    def end(self, timeout: float = PATIENCE) -> int:
        """Read until the program ends; its exit status, negative for a signal."""
        deadline = time.monotonic() + timeout
        while self._read(deadline - time.monotonic()):
            pass
        assert self._child.flag_eof, "the program goes on:\n" + "\n".join(self.everything())
        self._child.wait()
        return int(
            self._child.exitstatus if self._child.exitstatus is not None else -self._child.signalstatus
        )

    def is_restored(self) -> bool:
        """Whether the terminal is as it was: echo and line editing on, cursor visible."""
        return termios.tcgetattr(self._child.child_fd) == self._settings and not self._screen.cursor.hidden

    def kill(self) -> None:
        """End what a failed test left running."""
        self._child.close(force=True)

    def _read(self, seconds: float) -> bool:
        try:
            data = self._child.read_nonblocking(1 << 16, timeout=max(seconds, 0))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.written += data
        self._stream.feed(data)
        return True


class Learner:
    """Somebody who uses the program: an environment, a folder, a clock that stands where it is put."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.home = folder / "llmprep"
        self.screens: list[Screen] = []
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "LLMPREP_HOME": str(self.home),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LLMPREP_NOW": EVENING,
            "TZ": CHINA,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "OMP_NUM_THREADS": "1",
        }
        if "LLMPREP_CONTENT" in os.environ:
            self.environment["LLMPREP_CONTENT"] = os.environ["LLMPREP_CONTENT"]

    def types(self, *arguments: str, rows: int = 24, columns: int = 80) -> Screen:
        """Start the program in a terminal."""
        command = [sys.executable, "-m", "llmprep", *arguments]
        screen = Screen(command, self.environment, self.folder, rows, columns)
        self.screens.append(screen)
        return screen

    def pipes(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end with a pipe on either side."""
        command = [sys.executable, "-m", "llmprep", *arguments]
        return subprocess.run(
            command, env={**self.environment, **changes}, cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE,
        )  # fmt: skip

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a line of bash in which `llmprep` is the program."""
        script = f'llmprep() {{ "{sys.executable}" -m llmprep "$@"; }}\n{line}'
        return subprocess.run(
            ["bash", "-c", script], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", timeout=PATIENCE,
        )  # fmt: skip

    def file(self, drill: str) -> Path:
        """Their file of a drill."""
        return self.home / "practice" / f"{drill.replace('-', '_')}.py"

    @contextmanager
    def store(self) -> Iterator[Store]:
        """What the program has kept."""
        with open_store(Settings(), self.home / "progress.db") as opened:
            yield opened

    def catalogue(self) -> Catalogue:
        """The content, as the program finds it."""
        return Catalogue.open()

    def follow_ups(self, paper: str, ticked: Callable[[int], set[int]]) -> list[FollowUp]:
        """What is asked after a rehearsal in which `ticked(points)` of every beat were said."""
        catalogue = self.catalogue()
        with self.store() as store:
            rehearsal = Rehearsal(paper, catalogue.paper(paper), store)
        for beat_time in rehearsal.times:
            beat_time.said = ticked(len(beat_time.beat.points))
        return rehearsal.follow_ups(catalogue)


def _rendered(line: Any, columns: int) -> str:
    return "".join(line[x].data for x in range(columns)).rstrip()


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Learner]:
    """A new learner on the evening of 22 November 2026, in China."""
    someone = Learner(tmp_path)
    for name in ("LLMPREP_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "LLMPREP_HOME", "XDG_CACHE_HOME", "LLMPREP_NOW", "TZ", "LANG"):
        monkeypatch.setenv(name, someone.environment[name])
    time.tzset()
    yield someone
    for screen in someone.screens:
        screen.kill()
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def at(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Moves the clock, of the programs started from now on and of the test itself."""

    def move(moment: str) -> None:
        learner.environment["LLMPREP_NOW"] = moment
        monkeypatch.setenv("LLMPREP_NOW", moment)

    return move
