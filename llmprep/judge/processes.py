"""Where workers and referees come from: forks of a zygote on Linux, pre-warmed spare interpreters elsewhere.

Both give the same thing, a `Child` with a channel; the program that asks never imports torch.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from llmprep.judge.channel import Channel

START_SECONDS = 180.0
READY = b"+"


class JudgeProblem(Exception):
    """The judge itself cannot work: torch is missing or broken, or a process cannot be started."""


class Child(Protocol):
    """A process that serves one request."""

    channel: Channel

    def end(self, kill: bool) -> int:
        """Wait for it (after killing it, if asked) and return its exit status, negative for a signal."""


class Processes(Protocol):
    """A source of children."""

    def child(self, role: str) -> Child:
        """A fresh worker or referee."""

    def close(self) -> None:
        """End everything."""


def start(hidden: list[Path]) -> Processes:
    """The best source this platform has; `$LLMPREP_JUDGE=spare` chooses the portable one."""
    if sys.platform.startswith("linux") and os.environ.get("LLMPREP_JUDGE") != "spare":
        return Zygote(hidden)
    return Spares()


def _search_path() -> list[str]:
    """This program's import path without the folders a learner's own files might shadow modules from."""
    package_parent = str(Path(__file__).resolve().parents[2])
    here = {"", ".", str(Path.cwd()), str(Path(sys.argv[0]).resolve().parent) if sys.argv else ""}
    kept = [entry for entry in sys.path if entry not in here and Path(entry).is_absolute()]
    return kept if package_parent in kept else [*kept, package_parent]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {**kept, **one_thread, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


# ------------------------------------------------------------------- Linux


class ForkedChild:
    """A fork of the zygote."""

    def __init__(self, zygote: Zygote, pid: int, connection: socket.socket):
        self._zygote = zygote
        self._pid = pid
        self._connection = connection
        self._status: int | None = None
        self.channel = Channel(connection.makefile("rb"), connection.makefile("wb"))

    def end(self, kill: bool) -> int:
        """See `Child.end`."""
        if self._status is None:
            reply = self._zygote.ask({"op": "end", "pid": self._pid, "kill": kill})
            self._status = int(str(reply["status"]))
            self._connection.shutdown(socket.SHUT_RDWR)
            self.channel.close()
            self._connection.close()
        return self._status


class Zygote:
    """A started interpreter that imports torch while the learner reads, and forks on request."""

    def __init__(self, hidden: list[Path]):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self._control.settimeout(START_SECONDS)
        arguments = {"path": _search_path(), "control": theirs.fileno(), "hidden": [str(path) for path in hidden]}
        code = (
            "import json, sys; arguments = json.loads(sys.argv[1]); sys.path[:] = arguments['path']; "
            "from llmprep.judge.zygote import boot; boot(arguments)"
        )
        self._errors = tempfile.TemporaryFile()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", code, json.dumps(arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env=_environment(),
                start_new_session=True,
            )

    def child(self, role: str) -> ForkedChild:
        """See `Processes.child`."""
        ours, theirs = socket.socketpair()
        with theirs:
            rights = array.array("i", [theirs.fileno()])
            self._send(json.dumps({"op": "fork", "role": role}).encode(), rights)
        return ForkedChild(self, int(self._reply()["pid"]), ours)

    def ask(self, request: dict[str, object]) -> dict[str, object]:
        """Send a request and wait for its answer."""
        self._send(json.dumps(request).encode(), None)
        return self._reply()

    def close(self) -> None:
        """See `Processes.close`."""
        self._control.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
        self._errors.close()

    def _send(self, data: bytes, rights: array.array[int] | None) -> None:
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if rights is not None else []
        try:
            self._control.sendmsg([data], ancillary)
        except OSError as error:
            raise JudgeProblem(self._last_words()) from error

    def _reply(self) -> dict[str, object]:
        try:
            data = self._control.recv(4096)
        except OSError as error:
            raise JudgeProblem(self._last_words()) from error
        if not data:
            raise JudgeProblem(self._last_words())
        reply: dict[str, object] = json.loads(data)
        return reply

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "the judge's process ended"


# ------------------------------------------------------- other platforms


class SpareChild:
    """A pre-warmed interpreter that serves one request and ends."""

    def __init__(self) -> None:
        code = (
            "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
            "from llmprep.judge.spare import main; main()"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", code, json.dumps(_search_path())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),
            env=_environment(),
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self.channel = Channel(self._process.stdout, self._process.stdin)  # type: ignore[arg-type]

    def assign(self, role: str) -> None:
        """Wait until it is warm, so that no candidate's clock runs before, and say what it is to be."""
        assert self._process.stdin is not None and self._process.stdout is not None
        if self._process.stdout.read(1) != READY:
            raise BrokenPipeError("it ended while importing torch")
        self._process.stdin.write(b"W" if role == "worker" else b"R")
        self._process.stdin.flush()

    def end(self, kill: bool) -> int:
        """See `Child.end`."""
        if kill:
            self._process.kill()
        status = self._process.wait()
        self.channel.close()
        return status


class Spares:
    """Keeps two interpreters warm: the next worker and the next referee."""

    def __init__(self) -> None:
        self._waiting = [SpareChild(), SpareChild()]

    def child(self, role: str) -> SpareChild:
        """See `Processes.child`."""
        self._waiting.append(SpareChild())
        child = self._waiting.pop(0)
        try:
            child.assign(role)
        except OSError as error:
            raise JudgeProblem("the judge's interpreter ended before its first request") from error
        return child

    def close(self) -> None:
        """See `Processes.close`."""
        for child in self._waiting:
            child.end(kill=True)
        self._waiting.clear()
