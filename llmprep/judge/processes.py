"""Where workers and referees come from: forks of a zygote on Linux, pre-warmed spare interpreters elsewhere.

Both give the same thing, a `Child` with a channel; the program that asks never imports torch.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Protocol

from llmprep.judge.channel import Channel

START_SECONDS = 180.0


class JudgeProblem(Exception):  # noqa: N818 - it speaks to learners
    """The judge itself cannot work: torch is missing, a process cannot be started, a reference fails."""


class Child(Protocol):
    """A process that serves one request."""

    channel: Channel
    flooding: bool
    """After its end: whether it was killed for too many threads or too much on the disk."""

    def why(self) -> str:
        """What is known about why it ended, once its channel is closed."""

    def end(self, kill: bool = True) -> int | None:
        """End it and let go of all that belongs to it; never raises.

        Args:
            kill: at once; otherwise it has a moment to end by itself.

        Returns:
            Its exit status, negative for a signal, if it ended by itself.
        """


class Processes(Protocol):
    """A source of children."""

    def child(self, role: str) -> Child:
        """A fresh `worker` or `referee`; raises JudgeProblem."""

    def interrupt(self) -> None:
        """Have whoever waits for a child on another thread stop waiting, with a JudgeProblem."""

    def close(self) -> None:
        """End everything."""


def start(hidden: list[Path]) -> Processes:
    """The best source this platform has; `$LLMPREP_JUDGE=spare` chooses the portable one."""
    if sys.platform.startswith("linux") and os.environ.get("LLMPREP_JUDGE") != "spare":
        from llmprep.judge.forks import Zygote

        return Zygote(hidden)
    from llmprep.judge.spares import Spares

    return Spares()


def search_path() -> list[str]:
    """This program's import path without the folders a learner's own files might shadow modules from."""
    here = {"", ".", str(Path.cwd()), str(Path(sys.argv[0]).resolve().parent) if sys.argv else ""}
    return [entry for entry in sys.path if entry not in here and Path(entry).is_absolute()]


def environment() -> dict[str, str]:
    """What a judge's process inherits: no setting of the learner's that could change a result.

    The order of sets is fixed, so that a seed means the same in every process.
    """
    names = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    few_arenas = {"MALLOC_ARENA_MAX": "2"}  # each thread's own would use up a worker's address space
    return {**kept, **one_thread, **few_arenas, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def interpreter(entry: str, arguments: dict[str, object]) -> list[str]:
    """The command of a Python that sees neither the working directory nor the learner's own packages.

    `-I` would do the same, and ignore the hash seed that `environment` sets. The package is imported from
    where it lies now, even if that folder is not on the path or another version is installed.

    Args:
        entry: `module:function`, called with `arguments`.
    """
    module, _, function = entry.partition(":")
    code = (
        "import json, sys; arguments = json.loads(sys.argv[1]); "
        "sys.path[:] = [arguments['package']]; import llmprep; sys.path[:] = arguments['path']; "
        f"from {module} import {function}; {function}(arguments)"
    )
    package_parent = str(Path(__file__).resolve().parents[2])
    described = json.dumps({**arguments, "package": package_parent, "path": search_path()})
    return [sys.executable, "-P", "-s", "-c", code, described]


def last_words(errors: IO[bytes], status: int | None) -> str:
    """Why a process ended, from the end of its error stream."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    if lines:
        return lines[-1]
    return f"it was ended by signal {-status}" if status is not None and status < 0 else "it said nothing"
