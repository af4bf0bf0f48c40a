"""The process that has torch imported already and forks a clean child per request (Linux).

It never runs a candidate's code and no multi-threaded operation: a parallel operation in the parent
makes every child hang. It takes requests as JSON over an unnamed socket pair, those to fork with the
child's own socket attached, and ends when the program that started it does: the pair is closed then.
"""

from __future__ import annotations

import array
import gc
import json
import os
import select
import shutil
import signal
import socket
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from llmprep.judge import sandbox, scratch
from llmprep.judge.warmth import exercise

MAX_REQUEST = 4096
GRACE_SECONDS = 0.3
WATCH_SECONDS = 0.2
SCRATCH_BYTES = 64 << 20
SCRATCH_FILES = 500
THREADS = 256


def boot(arguments: dict[str, Any]) -> None:
    """Entry of the started interpreter: warm up, then serve until the other side closes."""
    control = socket.socket(fileno=arguments["control"])
    exercise()
    folder = Path(arguments["scratch"])
    os.environ.update(TMPDIR=str(folder), HOME=str(folder))
    tempfile.tempdir = str(folder)
    nursery = Nursery(control, folder, [Path(path) for path in arguments["hidden"]])
    try:
        gc.collect()
        gc.freeze()
        _serve(control, nursery)
    finally:
        nursery.end_all()
        shutil.rmtree(folder, ignore_errors=True)  # the program does it too, unless it was killed


def _serve(control: socket.socket, nursery: Nursery) -> None:
    while True:
        while nursery.workers and not select.select([control], [], [], WATCH_SECONDS)[0]:
            nursery.watch()
        try:
            data, descriptors = _receive(control)
        except ConnectionError:
            return
        if not data:
            return
        request = json.loads(data)
        try:
            reply = _answer(request, descriptors, nursery)
        except OSError as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(json.dumps({**reply, "id": request["id"]}).encode())


def _answer(request: dict[str, Any], descriptors: list[int], nursery: Nursery) -> dict[str, Any]:
    if request["op"] == "fork":
        return {"pid": nursery.fork(request["role"], descriptors[0])}
    status = nursery.end(request["pid"], request["kill"])
    return {"status": status, "flooding": nursery.was_flooding(request["pid"])}


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    size = socket.CMSG_LEN(array.array("i", [0]).itemsize)
    data, ancillary, _, _ = control.recvmsg(MAX_REQUEST, size)
    descriptors = array.array("i")
    for level, kind, payload in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return data, list(descriptors)


class Nursery:
    """The forks that are alive, and what a worker may not take too much of.

    Args:
        folder: the judge's own; a worker may write in one folder of it, which is emptied after it.
        hidden: folders that a worker must not read.
    """

    def __init__(self, control: socket.socket, folder: Path, hidden: list[Path]):
        self.workers: set[int] = set()
        self._flooding: set[int] = set()
        self._referees: set[int] = set()
        self._control = control
        self._open_to_workers = folder / "worker"
        self._open_to_workers.mkdir()
        self._ruleset = sandbox.build_ruleset(hidden, self._open_to_workers)
        self._ruleset_of_ranks = sandbox.build_ruleset(hidden, self._open_to_workers, network=True)

    def fork(self, role: str, descriptor: int) -> int:
        """A child that serves `role` on an open socket; its process id."""
        zygote = os.getpid()
        pid = os.fork()
        if pid:
            (self.workers if role == "worker" else self._referees).add(pid)
            return pid
        status = 1
        try:
            os.setsid()
            sandbox.die_with_parent(zygote)
            self._control.close()
            _silence()
            if role == "worker":
                tempfile.tempdir = str(self._open_to_workers)
            serve_role(role, descriptor, self._ruleset, self._ruleset_of_ranks)
            status = 0
        finally:
            os._exit(status)

    def watch(self) -> None:
        """End every worker that has taken too much of what the kernel does not count for a process."""
        if not self.workers:
            return
        flooded = scratch.exceeds(self._open_to_workers, SCRATCH_BYTES, SCRATCH_FILES)
        for pid in self.workers:
            if flooded or _thread_count(pid) > THREADS:
                _kill(pid)  # whoever asked for it will ask to have it reaped
                self._flooding.add(pid)

    def end(self, pid: int, kill: bool) -> int | None:
        """See `_end`; what a worker wrote is gone with it."""
        try:
            return _end(pid, kill)
        finally:
            self._referees.discard(pid)
            if pid in self.workers:
                self.workers.remove(pid)
                scratch.empty(self._open_to_workers)

    def was_flooding(self, pid: int) -> bool:
        """Whether a worker that has ended had to be killed by `watch`."""
        flooding = pid in self._flooding
        self._flooding.discard(pid)
        return flooding

    def end_all(self) -> None:
        """Kill what is left; a worker may have asked the kernel to let it live."""
        for pid in self.workers | self._referees:
            _kill(pid)


def _silence() -> None:
    """Take the child's standard streams: it has no terminal and nothing to read."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)


def serve_role(role: str, descriptor: int, ruleset: int | None, ruleset_of_ranks: int | None) -> None:
    """Be a worker or a referee on an open socket."""
    from llmprep.judge.channel import Channel
    from llmprep.judge.referee import referee
    from llmprep.judge.worker import work

    connection = socket.socket(fileno=descriptor)
    with connection.makefile("rb") as reader, connection.makefile("wb") as writer:
        channel = Channel(reader, writer)
        if role == "worker":
            work(channel, ruleset, ruleset_of_ranks)
        else:
            referee(channel)


def _end(pid: int, kill: bool) -> int | None:
    """Reap a child: its exit status as `os` gives it, or None if it had to be killed.

    Unless it is to be killed at once, a child that closed its socket has a moment to end by itself.
    """
    deadline = time.monotonic() + (0 if kill else GRACE_SECONDS)
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    _kill(pid)
    os.waitpid(pid, 0)
    return None


def _thread_count(pid: int) -> int:
    """How many threads a process has; 0 if that cannot be known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.partition("\nThreads:")[2].split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return 0


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # its group, and itself should it not lead one yet
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
