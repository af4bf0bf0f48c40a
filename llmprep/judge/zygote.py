"""The process that has torch imported already and forks a clean child per request (Linux).

It never runs a candidate's code and no multi-threaded operation: a parallel operation in the parent
makes every child hang. It takes requests as JSON over an unnamed socket pair, each with the child's own
socket attached, and ends when the program that started it does.
"""

from __future__ import annotations

import array
import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

MAX_REQUEST = 4096


def main(control_descriptor: int, hidden: list[str]) -> None:
    """Warm up, then serve until the other side closes."""
    from llmprep.judge import sandbox

    sandbox.die_with_parent()
    control = socket.socket(fileno=control_descriptor)
    scratch = Path(tempfile.mkdtemp(prefix="llmprep-judge-"))
    os.environ.update(TMPDIR=str(scratch), HOME=str(scratch))
    tempfile.tempdir = str(scratch)
    try:
        warm_up()
        ruleset = sandbox.build_ruleset([Path(path) for path in hidden], scratch)
        gc.collect()
        gc.freeze()
        _serve(control, ruleset)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def warm_up() -> None:
    """Import everything a grade needs, and run once what is slow the first time, on one thread."""
    import torch

    torch.set_num_threads(1)
    from llmprep.judge import cost, referee, worker
    from llmprep.judge.wire import pack
    from llmprep.judge.forbidden import Forbidden
    from llmprep.judge.runner import Run, RunKey

    value = torch.ones(2, 3, requires_grad=True)
    cost.measure(lambda: value @ torch.ones(3, 2))
    with Forbidden(("torch.softmax",), "").watching():
        torch.softmax(value, -1)
    (value.softmax(-1) * value).sum().backward()
    torch.nn.LayerNorm(3)(value.to(torch.bfloat16).float())
    torch.randn(3, generator=torch.Generator().manual_seed(0))
    pack([Run(RunKey("a", "b"), value)])
    torch.special.gammaincc(torch.tensor(1.0), torch.tensor(1.0))
    assert worker.work and referee.referee


def _serve(control: socket.socket, ruleset: int | None) -> None:
    while True:
        data, descriptors = _receive(control)
        if not data:
            return
        request = json.loads(data)
        if request["op"] == "fork":
            pid = _fork(request["role"], descriptors[0], control, ruleset)
            os.close(descriptors[0])
            control.send(json.dumps({"pid": pid}).encode())
        elif request["op"] == "end":
            control.send(json.dumps({"status": _end(request["pid"], request["kill"])}).encode())


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    size = socket.CMSG_LEN(array.array("i", [0]).itemsize)
    data, ancillary, _, _ = control.recvmsg(MAX_REQUEST, size)
    descriptors = array.array("i")
    for level, kind, payload in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return data, list(descriptors)


def _fork(role: str, descriptor: int, control: socket.socket, ruleset: int | None) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        from llmprep.judge import sandbox

        sandbox.die_with_parent()
        control.close()
        _silence()
        serve_role(role, descriptor, ruleset)
        status = 0
    except BaseException:
        status = 1
    finally:
        os._exit(status)


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)


def serve_role(role: str, descriptor: int, ruleset: int | None) -> None:
    """Be a worker or a referee on an open socket."""
    from llmprep.judge.channel import Channel

    connection = socket.socket(fileno=descriptor)
    with connection.makefile("rb") as reader, connection.makefile("wb") as writer:
        channel = Channel(reader, writer)
        if role == "worker":
            from llmprep.judge.worker import work

            work(channel, ruleset)
        else:
            from llmprep.judge.referee import referee

            referee(channel)


def _end(pid: int, kill: bool) -> int:
    """Reap a child, killing its whole session first if asked; returns the wait status as `os` gives it."""
    if kill:
        for ended in (lambda: os.killpg(pid, signal.SIGKILL), lambda: os.kill(pid, signal.SIGKILL)):
            try:
                ended()
            except ProcessLookupError:
                continue
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status)


def boot(arguments: dict[str, Any]) -> None:
    """Entry of the started interpreter."""
    sys.path[:] = arguments["path"]
    main(arguments["control"], arguments["hidden"])
