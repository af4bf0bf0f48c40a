"""The program's side of the zygote: starts it, asks it for children, and ends with it (Linux)."""

from __future__ import annotations

import array
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from llmprep.judge.channel import Channel
from llmprep.judge.processes import (
    START_SECONDS,
    JudgeProblem,
    environment,
    interpreter,
    last_words,
)

CLOSE_SECONDS = 0.5


class ForkedChild:
    """A fork of the zygote."""

    def __init__(self, zygote: Zygote, pid: int, connection: socket.socket):
        self._zygote = zygote
        self._pid = pid
        self._connection = connection
        self._open = True
        self.flooding = False
        self.channel = Channel(connection.makefile("rb"), connection.makefile("wb"))

    def why(self) -> str:
        """See `Child.why`."""
        status = self.end(kill=False)
        return f"exit status {status}" if status is not None else "no exit status"

    def end(self, kill: bool = True) -> int | None:
        """See `Child.end`."""
        if not self._open:
            return None
        self._open = False
        status = None
        with suppress(JudgeProblem):  # a zygote that is gone took its children with it
            reply = self._zygote.ask({"op": "end", "pid": self._pid, "kill": kill})
            status, self.flooding = reply["status"], reply["flooding"]
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self.channel.close()
        self._connection.close()
        return status


class Zygote:
    """A started interpreter that imports torch while the learner reads, and forks on request."""

    def __init__(self, hidden: list[Path]):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self._control.settimeout(START_SECONDS)
        self._asking = threading.Lock()
        self._asked = 0
        self._scratch = tempfile.mkdtemp(prefix="llmprep-judge-")
        arguments: dict[str, object] = {
            "control": theirs.fileno(),
            "hidden": [str(path) for path in hidden],
            "scratch": self._scratch,
        }
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        with theirs:
            self._process = subprocess.Popen(
                interpreter("llmprep.judge.zygote:boot", arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env=environment(),
                start_new_session=True,
            )

    def child(self, role: str) -> ForkedChild:
        """See `Processes.child`."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                reply = self.ask({"op": "fork", "role": role}, theirs.fileno())
        except JudgeProblem:
            ours.close()
            raise
        return ForkedChild(self, reply["pid"], ours)

    def ask(self, request: dict[str, object], descriptor: int | None = None) -> dict[str, Any]:
        """Send a request and wait for its answer; answers to earlier ones, come too late, are dropped.

        Raises:
            JudgeProblem: the zygote ended, or cannot do it.
        """
        with self._asking:
            self._asked += 1
            rights = array.array("i", [] if descriptor is None else [descriptor])
            ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if rights else []
            try:
                self._control.sendmsg([json.dumps({**request, "id": self._asked}).encode()], ancillary)
                while True:
                    data = self._control.recv(4096)
                    if not data:
                        raise JudgeProblem(self._why())
                    reply: dict[str, Any] = json.loads(data)
                    if reply["id"] == self._asked:
                        break
            except OSError as error:
                raise JudgeProblem(self._why()) from error
        if "error" in reply:
            raise JudgeProblem(f"no process can be started ({reply['error']})")
        return reply

    def interrupt(self) -> None:
        """See `Processes.interrupt`."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """See `Processes.close`."""
        self._control.close()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:  # still importing torch
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._errors.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _why(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(CLOSE_SECONDS)
        if self._process.returncode is None:
            return f"its process does not answer within {START_SECONDS:.0f} s"
        return f"its process ended: {last_words(self._errors, self._process.returncode)}"
