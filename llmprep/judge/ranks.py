"""Several real processes with a gloo process group, for drills about distributed training.

A rank that dies, raises or never returns is reported as what it is, with its number; the set it belonged to
is then ended, and the next run gets a new one.
"""

from __future__ import annotations

import functools
import json
import os
import selectors
import socket
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from llmprep.judge.candidate import CandidateProblem
from llmprep.judge.channel import PRINTED, Message
from llmprep.judge.rank_launcher import Launcher
from llmprep.judge.rank_server import LOAD, OVER, READY, RESULT, RUN, SECONDS, VALUES, encoded, serve_rank
from llmprep.judge.wire import MalformedFrame, unpack

if TYPE_CHECKING:
    from llmprep.judge.boundary import Boundary
    from llmprep.judge.probes import Probe
    from llmprep.judge.runner import Run, RunKey, Runner

START_SECONDS = 20.0
GRACE_SECONDS, SHORT_GRACE_SECONDS = 0.3, 0.03
SHORTEST_PATIENCE = 0.6
CONNECTION_ERRORS = ("RuntimeError", "DistBackendError", "DistNetworkError")
"""What a rank raises when another one has gone."""
MAX_BYTES = 64 << 20
_HEAD = struct.Struct("!cII")
RankFunction = Callable[[int, int], Any]


class Ranks:
    """The sets of ranks that one process uses, by size.

    Args:
        probes: of the drill, for ranks that go inside walls; None for trusted ones, which read the file.
        ruleset: see `rank_server.serve_rank`.
        patient: whether every run may take `SECONDS`. A judge's own runs soon show how long a run takes;
            a mistake that takes many times as long waits for ever.
    """

    def __init__(
        self,
        probes: list[Probe] | None = None,
        ruleset: int | None = None,
        walls: bool = False,
        patient: bool = True,
    ):
        if not hasattr(os, "fork"):
            raise CandidateProblem("crashed", {"what": "no-ranks"})
        import torch.distributed  # noqa: F401  # before the fork, so that no rank has to

        main = functools.partial(serve_rank, probes=probes, ruleset=ruleset, walls=walls)
        self.launcher = Launcher(main, kept=(ruleset,) if ruleset is not None else ())
        self._sets: dict[int, RankSet] = {}
        self._patient = patient
        self._longest: float | None = None

    def of_size(self, world: int) -> RankSet:
        """A set of `world` ranks that are connected; raises CandidateProblem where none can be had."""
        if world not in self._sets:
            self._sets[world] = RankSet(self.launcher, world)
        return self._sets[world]

    def drop(self, world: int) -> None:
        """End a set in which something went wrong."""
        ended = self._sets.pop(world, None)
        if ended is not None:
            ended.end(self.launcher)

    @property
    def patience(self) -> float:
        """How long the ranks of a run may take together."""
        if self._patient or self._longest is None:
            return SECONDS
        return min(SECONDS, max(SHORTEST_PATIENCE, 30 * self._longest))

    def took(self, seconds: float) -> None:
        """Remember a run that ended well."""
        self._longest = max(self._longest or 0.0, seconds)

    def close(self) -> None:
        """End every rank."""
        for world in list(self._sets):
            self.drop(world)
        self.launcher.close()


_shared: Ranks | None = None


def shared_ranks() -> Ranks:
    """This process's own, for implementations that are trusted: references and known mistakes."""
    global _shared
    if _shared is None or not _shared.launcher.is_own:
        _shared = Ranks(patient=False)
    return _shared


class RankSet:
    """Ranks that are connected to each other, and what each has sent so far."""

    def __init__(self, launcher: Launcher, world: int):
        self.world = world
        self.loaded: object = None
        self.runs = 0
        try:
            self.number, self.sockets = launcher.start(world)
        except OSError:
            raise CandidateProblem("crashed", {"what": "no-ranks"}) from None
        self._received = [bytearray() for _ in self.sockets]
        deadline = time.monotonic() + START_SECONDS
        waiting = set(range(world))
        try:
            while waiting:
                rank, message = self.receive(deadline)
                if message is None or message.kind != READY:
                    raise CandidateProblem("crashed", {"what": "no-ranks"})
                waiting.discard(rank)
        except TimeoutError:
            raise CandidateProblem("crashed", {"what": "no-ranks"}) from None

    def send(self, message: Message) -> None:
        """To all ranks; to one that is gone in vain: receiving tells."""
        head = _HEAD.pack(message.kind, len(message.structure), len(message.blob))
        for connection in self.sockets:
            with suppress(OSError):
                connection.settimeout(SECONDS)
                connection.sendall(head + message.structure + message.blob)

    def receive(self, deadline: float) -> tuple[int, Message | None]:
        """The next message of any rank, with its number; None if that rank has ended.

        Raises:
            TimeoutError: no rank says anything in time.
        """
        for rank in range(self.world):
            if (message := self._complete(rank)) is not None:
                return rank, message
        with selectors.DefaultSelector() as selector:
            for rank, connection in enumerate(self.sockets):
                selector.register(connection, selectors.EVENT_READ, rank)
            while (left := deadline - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    rank = key.data
                    data = self._read(rank)
                    if not data:
                        return rank, None
                    if (message := self._complete(rank)) is not None:
                        return rank, message
        raise TimeoutError

    def end(self, launcher: Launcher) -> None:
        """Kill them."""
        for connection in self.sockets:
            connection.close()
        launcher.end(self.number)

    def _read(self, rank: int) -> bytes:
        try:
            data = self.sockets[rank].recv(1 << 18, socket.MSG_DONTWAIT)
        except OSError:
            return b""
        self._received[rank].extend(data)
        return data if len(self._received[rank]) <= MAX_BYTES else b""

    def _complete(self, rank: int) -> Message | None:
        received = self._received[rank]
        if len(received) < _HEAD.size:
            return None
        kind, structure, blob = _HEAD.unpack_from(received)
        end = _HEAD.size + structure + blob
        if len(received) < end:
            return None
        body = bytes(received[_HEAD.size : end])
        del received[:end]
        return Message(kind, body[:structure], body[structure:])


class RankRun:
    """The ranks' part in one run of a probe, as the process that grades sees it."""

    def __init__(self, ranks: Callable[[], Ranks], key: RunKey):
        self._ranks = ranks
        self._key = key
        self._values: list[list[Any]] = []
        self._started: dict[int, RankSet] = {}

    def call(self, world: int, function: RankFunction, runner: Runner, boundary: Boundary) -> list[Any]:
        """What `function(rank, world)` returns in each of `world` processes, by rank.

        Raises:
            CandidateProblem: a rank raised (exception), died (crashed), or did not return in time (timeout:
                some ranks wait for others that never come).
        """
        ranks = self._ranks()
        if world not in self._started:
            self._started[world] = self._begin(ranks.of_size(world), runner)
        began = time.monotonic()
        try:
            runs = _collect(self._started[world], began + ranks.patience, ranks.patience)
        except CandidateProblem:
            del self._started[world]
            ranks.drop(world)
            raise
        ranks.took(time.monotonic() - began)
        for run in runs:
            boundary.hear(run)
        values = [run.value for run in runs]
        self._values.append(values)
        for started in self._started.values():
            started.send(Message(VALUES, b"", encoded(values)))
        return values

    def close(self) -> None:
        """Tell the ranks that wait for another call that there is none."""
        for started in self._started.values():
            started.send(Message(OVER))

    def _begin(self, ranks: RankSet, runner: Runner) -> RankSet:
        if ranks.loaded is not runner.namespace:
            source, job = runner.described()
            ranks.send(Message(LOAD, json.dumps(job).encode(), source))
            ranks.loaded = runner.namespace
        ranks.runs += 1
        earlier = encoded(self._values) if self._values else b""
        ranks.send(
            Message(RUN, json.dumps([ranks.runs, self._key.probe, self._key.variation]).encode(), earlier)
        )
        return ranks


def _collect(ranks: RankSet, deadline: float, seconds: float) -> list[Run]:
    """One result of each rank; the first that raises or dies ends it: the others would wait for it."""
    found: dict[int, Run] = {}
    number = str(ranks.runs)
    while len(found) < ranks.world:
        try:
            rank, message = ranks.receive(deadline)
        except TimeoutError:
            waiting = [rank for rank in range(ranks.world) if rank not in found]
            detail = {"what": "ranks", "waiting": waiting, "seconds": seconds}
            raise CandidateProblem("timeout", detail) from None
        run = _run(rank, message, number)
        if run is None:
            continue
        if run.problem is not None:
            raise _worst(ranks, rank, run, number)
        found[rank] = run
    return [found[rank] for rank in range(ranks.world)]


def _run(rank: int, message: Message | None, number: str) -> Run | None:
    """What a rank sent; None where it is no result of this run."""
    if message is None:
        raise CandidateProblem("crashed", {"what": "rank", "rank": rank})
    if message.kind == PRINTED:
        sys.stdout.write(message.structure.decode("utf-8", "replace"))
    if message.kind != RESULT:
        return None
    try:
        [run] = unpack(message.structure, message.blob)
    except (MalformedFrame, ValueError):
        raise CandidateProblem("crashed", {"what": "rank", "rank": rank}) from None
    return run if run.key.probe == number else None


def _worst(ranks: RankSet, rank: int, run: Run, number: str) -> CandidateProblem:
    """What to tell when one rank raised: perhaps it only lost another that raised before, or died."""
    raised = {rank: run}
    lost = run.detail.get("type") in CONNECTION_ERRORS
    deadline = time.monotonic() + (GRACE_SECONDS if lost else SHORT_GRACE_SECONDS)
    with suppress(TimeoutError):
        while len(raised) < ranks.world:
            try:
                other, message = ranks.receive(deadline)
                found = _run(other, message, number)
            except CandidateProblem as dead:
                return dead
            if found is not None and found.problem is not None:
                raised[other] = found
    own = [n for n in sorted(raised) if raised[n].detail.get("type") not in CONNECTION_ERRORS]
    told = (own or sorted(raised))[0]
    return CandidateProblem(str(raised[told].problem), {**raised[told].detail, "rank": told})
