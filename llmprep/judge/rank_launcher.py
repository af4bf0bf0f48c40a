"""Forks sets of connected ranks on request; it stays outside the walls that whoever asks is inside.

A worker cannot fork, nor open sockets. So before it shuts itself in, it forks a launcher, which never runs
a candidate's code: it reads small requests, forks ranks that connect to each other and then go inside, and
hands back a socket to each. Whoever asks is not trusted: what is not a request is ignored, and there are
never more than `MOST_SETS` sets of `MOST_RANKS` ranks.
"""

from __future__ import annotations

import array
import itertools
import json
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from llmprep.judge import sandbox

MOST_RANKS = 8
MOST_SETS = 6
MAX_REQUEST = 1000
RankMain = Callable[[int, int, socket.socket, Path], None]
"""What a rank does: `(rank, world, socket to whoever asked, file to meet at)`."""


@dataclass
class _Set:
    number: int
    pids: list[int]
    meeting: tempfile.TemporaryDirectory[str]


class Launcher:
    """A process that forks ranks (Linux and macOS).

    Args:
        kept: open files that ranks need.
    """

    def __init__(self, rank_main: RankMain, kept: tuple[int, ...] = ()):
        self._owner = os.getpid()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if not self._pid:
            _be_launcher(self._owner, theirs, rank_main, kept)
        theirs.close()
        self._control = ours

    @property
    def is_own(self) -> bool:
        """Whether this process asked for it; a fork of that process must not use it."""
        return os.getpid() == self._owner

    def start(self, world: int) -> tuple[int, list[socket.socket]]:
        """A new set of ranks: its number, and a socket to each. Raises OSError when there can be none."""
        self._control.send(json.dumps({"world": world}).encode())
        size = socket.CMSG_LEN(world * array.array("i", [0]).itemsize)
        data, ancillary, _, _ = self._control.recvmsg(MAX_REQUEST, size)
        if not data:
            raise OSError("no more ranks can be started")
        descriptors = array.array("i")
        for _, _, payload in ancillary:
            descriptors.frombytes(payload)
        return json.loads(data)["set"], [socket.socket(fileno=descriptor) for descriptor in descriptors]

    def end(self, number: int) -> None:
        """Kill the ranks of a set."""
        with suppress(OSError):
            self._control.send(json.dumps({"end": number}).encode())

    def close(self) -> None:
        """End the launcher and every rank."""
        self._control.close()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _be_launcher(owner: int, control: socket.socket, rank_main: RankMain, kept: tuple[int, ...]) -> None:
    sets: list[_Set] = []
    numbers = itertools.count(1)
    try:
        sandbox.die_with_parent(owner)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        close_all_but(control.fileno(), *kept)
        while data := control.recv(MAX_REQUEST):
            world, ending = _request(data)
            if world is not None:
                while len(sets) >= MOST_SETS:
                    _end(sets.pop(0))
                sets.append(_start_set(next(numbers), world, control, rank_main, kept))
            for found in [found for found in sets if found.number == ending]:
                sets.remove(found)
                _end(found)
    finally:
        with suppress(BaseException):
            for found in sets:
                _end(found)
        os._exit(0)


def _request(data: bytes) -> tuple[int | None, int | None]:
    """How many ranks are wanted, and which set may go."""
    try:
        request = json.loads(data)
        world, ending = request.get("world"), request.get("end")
    except (ValueError, AttributeError, RecursionError):
        return None, None
    wanted = world if type(world) is int and 1 <= world <= MOST_RANKS else None
    return wanted, ending if type(ending) is int else None


def _start_set(
    number: int, world: int, control: socket.socket, rank_main: RankMain, kept: tuple[int, ...]
) -> _Set:
    started, ends = _fork_set(number, world, rank_main, kept)
    rights = array.array("i", [end.fileno() for end in ends])
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)]
    control.sendmsg([json.dumps({"set": number}).encode()], ancillary)
    for end in ends:
        end.close()
    return started


def _fork_set(
    number: int, world: int, rank_main: RankMain, kept: tuple[int, ...]
) -> tuple[_Set, list[socket.socket]]:
    meeting = tempfile.TemporaryDirectory(prefix="ranks-")
    pids, ends, launcher = [], [], os.getpid()
    for rank in range(world):
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if not pid:
            try:
                sandbox.die_with_parent(launcher)
                close_all_but(theirs.fileno(), *kept)
                rank_main(rank, world, theirs, Path(meeting.name) / "file")
            finally:
                os._exit(0)
        theirs.close()
        pids.append(pid)
        ends.append(ours)
    return _Set(number, pids, meeting), ends


def _end(ended: _Set) -> None:
    for pid in ended.pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in ended.pids:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
    with suppress(OSError):
        ended.meeting.cleanup()


def close_all_but(*kept: int) -> None:
    """Close what was inherited, above the standard streams: others wait for the other ends to close."""
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, 4096)
