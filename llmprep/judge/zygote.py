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
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

from llmprep.judge import sandbox
from llmprep.judge.warmth import exercise

MAX_REQUEST = 4096
GRACE_SECONDS = 0.3


def boot(arguments: dict[str, Any]) -> None:
    """Entry of the started interpreter: warm up, then serve until the other side closes."""
    control = socket.socket(fileno=arguments["control"])
    exercise()
    scratch = Path(arguments["scratch"])
    os.environ.update(TMPDIR=str(scratch), HOME=str(scratch))
    tempfile.tempdir = str(scratch)
    try:
        ruleset = sandbox.build_ruleset([Path(path) for path in arguments["hidden"]], scratch)
        gc.collect()
        gc.freeze()
        _serve(control, ruleset)
    finally:  # the program does it too, unless it was killed
        shutil.rmtree(scratch, ignore_errors=True)


def _serve(control: socket.socket, ruleset: int | None) -> None:
    while True:
        try:
            data, descriptors = _receive(control)
        except ConnectionError:
            return
        if not data:
            return
        request = json.loads(data)
        try:
            reply = _answer(request, descriptors, control, ruleset)
        except OSError as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(json.dumps({**reply, "id": request["id"]}).encode())


def _answer(
    request: dict[str, Any], descriptors: list[int], control: socket.socket, ruleset: int | None
) -> dict[str, Any]:
    if request["op"] == "fork":
        return {"pid": _fork(request["role"], descriptors[0], control, ruleset)}
    return {"status": _end(request["pid"], request["kill"])}


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    size = socket.CMSG_LEN(array.array("i", [0]).itemsize)
    data, ancillary, _, _ = control.recvmsg(MAX_REQUEST, size)
    descriptors = array.array("i")
    for level, kind, payload in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return data, list(descriptors)


def _fork(role: str, descriptor: int, control: socket.socket, ruleset: int | None) -> int:
    zygote = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        sandbox.die_with_parent(zygote)
        control.close()
        _silence()
        serve_role(role, descriptor, ruleset)
        status = 0
    finally:
        os._exit(status)


def _silence() -> None:
    """Take the child's standard streams: it has no terminal and nothing to read."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)


def serve_role(role: str, descriptor: int, ruleset: int | None) -> None:
    """Be a worker or a referee on an open socket."""
    from llmprep.judge.channel import Channel
    from llmprep.judge.referee import referee
    from llmprep.judge.worker import work

    connection = socket.socket(fileno=descriptor)
    with connection.makefile("rb") as reader, connection.makefile("wb") as writer:
        channel = Channel(reader, writer)
        if role == "worker":
            work(channel, ruleset)
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
    for ended in (os.killpg, os.kill):  # its group, and itself should it not lead one yet
        try:
            ended(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    os.waitpid(pid, 0)
    return None
