"""Pre-warmed interpreters that serve one request each: what every platform can do (macOS, Windows)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import suppress

from llmprep.judge.channel import Channel
from llmprep.judge.processes import JudgeProblem, environment, interpreter, last_words

GRACE_SECONDS = 0.3


class SpareChild:
    """An interpreter that imports torch and waits to be told what it is to be."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._open = True
        self.flooding = False  # nobody counts here
        self._process = subprocess.Popen(
            interpreter("llmprep.judge.spare:main", {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=os.path.abspath(os.sep),  # noqa: PTH100  # the root, whatever it is called here
            env=environment(),
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input = self._process.stdin
        self.channel = Channel(self._process.stdout, self._input)

    def assign(self, role: str) -> None:
        """Say what it is to be; raises JudgeProblem when it has ended already."""
        try:
            self._input.write(b"W" if role == "worker" else b"R")
            self._input.flush()
        except OSError as error:
            raise JudgeProblem(f"its process ended: {self.why()}") from error

    def why(self) -> str:
        """See `Child.why`."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        return last_words(self._errors, self._process.returncode)

    def kill(self) -> None:
        """End it at once, from another thread than the one that waits for it."""
        self._process.kill()

    def end(self, kill: bool = True) -> int | None:
        """See `Child.end`."""
        if not self._open:
            return None
        self._open = False
        status = None
        if not kill:
            with suppress(subprocess.TimeoutExpired):
                status = self._process.wait(GRACE_SECONDS)
        self._process.kill()
        self._process.wait()
        self.channel.close()
        self._errors.close()
        return status


class Spares:
    """Keeps two interpreters warm: the next worker and the next referee."""

    def __init__(self) -> None:
        self._waiting = [SpareChild(), SpareChild()]
        self._assigning: SpareChild | None = None

    def child(self, role: str) -> SpareChild:
        """See `Processes.child`."""
        self._waiting.append(SpareChild())
        self._assigning = child = self._waiting.pop(0)
        try:
            child.assign(role)
        except JudgeProblem:
            child.end()
            raise
        finally:
            self._assigning = None
        return child

    def interrupt(self) -> None:
        """See `Processes.interrupt`."""
        if (child := self._assigning) is not None:
            child.kill()

    def close(self) -> None:
        """See `Processes.close`."""
        for child in self._waiting:
            child.end()
        self._waiting.clear()
