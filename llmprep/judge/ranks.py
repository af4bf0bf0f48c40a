"""Several real processes with a gloo process group, for drills about distributed training.

Each rank is a fork of the process that runs the probe, so that closures need no pickling. A rank that dies,
raises or never returns is reported as what it is, with its number.
"""

from __future__ import annotations

import os
import selectors
import signal
import struct
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import torch

from llmprep.judge.candidate import CandidateProblem, describe_exception

if TYPE_CHECKING:
    from llmprep.judge.runner import Run

SECONDS = 3.0
GRACE_SECONDS = 0.3
CONNECTION_ERRORS = ("RuntimeError", "DistBackendError", "DistNetworkError")
"""What a rank raises when another one has gone."""
_HEAD = struct.Struct("!QQ")
RankFunction = Callable[[int, int], Any]


@dataclass
class _Rank:
    number: int
    pid: int
    reader: BinaryIO
    received: bytearray


def run_ranks(n: int, function: RankFunction, seed: int, filename: str) -> list[Any]:
    """Call `function(rank, n)` in n processes of one gloo group; the results by rank.

    Args:
        filename: the candidate's file, for the lines in a rank's exception.

    Raises:
        CandidateProblem: a rank raised (exception), died (crashed), or did not return in time (timeout:
            some ranks wait for others that never come).
    """
    with tempfile.TemporaryDirectory() as folder:
        rendezvous = Path(folder) / "rendezvous"
        ranks = [_start(number, n, function, seed, filename, rendezvous) for number in range(n)]
        try:
            values = _collect(ranks)
        finally:
            _end(ranks)
    return [values[number] for number in range(n)]


def _start(number: int, n: int, function: RankFunction, seed: int, filename: str, rendezvous: Path) -> _Rank:
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write_end)
        return _Rank(number, pid, os.fdopen(read_end, "rb", buffering=0), bytearray())
    try:
        os.close(read_end)
        frame = _serve(number, n, function, seed, filename, rendezvous)
        with os.fdopen(write_end, "wb") as writer:
            writer.write(frame)
            writer.flush()
            # leaving now would break the connections of ranks that are still talking
            signal.pause()
    finally:
        os._exit(0)


def _serve(number: int, n: int, function: RankFunction, seed: int, filename: str, rendezvous: Path) -> bytes:
    import torch.distributed as dist

    from llmprep.judge.runner import Run, RunKey
    from llmprep.judge.wire import pack

    run = Run(RunKey(str(number), "rank"))
    try:
        os.environ["GLOO_SOCKET_IFNAME"] = "lo"
        torch.set_num_threads(1)
        wait = timedelta(seconds=SECONDS)
        dist.init_process_group(
            "gloo", init_method=f"file://{rendezvous}", rank=number, world_size=n, timeout=wait
        )
        torch.manual_seed(seed + number)
        run.value = function(number, n)
    except CandidateProblem as problem:
        run.problem, run.detail = problem.problem, problem.detail
    except BaseException as error:
        run.problem, run.detail = "exception", describe_exception(error, filename)
    structure, blob = pack([run])
    return _HEAD.pack(len(structure), len(blob)) + structure + blob


def _collect(ranks: list[_Rank]) -> dict[int, Any]:
    """The value of each rank; the first that raises or dies ends it, because the others would wait for it."""
    deadline = time.monotonic() + SECONDS
    values: dict[int, Any] = {}
    with selectors.DefaultSelector() as selector:
        for rank in ranks:
            selector.register(rank.reader, selectors.EVENT_READ, rank)
        while len(values) < len(ranks):
            left = deadline - time.monotonic()
            if left <= 0:
                waiting = sorted(rank.number for rank in ranks if rank.number not in values)
                detail = {"what": "ranks", "waiting": waiting, "seconds": SECONDS}
                raise CandidateProblem("timeout", detail)
            for key, _ in selector.select(left):
                rank = key.data
                _read(rank)
                if _complete(rank.received):
                    selector.unregister(rank.reader)
                    run = _run(rank)
                    if run.problem is not None:
                        _look_for_the_dead(selector, run)
                        raise CandidateProblem(run.problem, {**run.detail, "rank": rank.number})
                    values[rank.number] = run.value
    return values


def _look_for_the_dead(selector: selectors.BaseSelector, raised: Run) -> None:
    """Raise CandidateProblem for a rank that has died, if that may be why another raised."""
    deadline = time.monotonic() + (GRACE_SECONDS if raised.detail.get("type") in CONNECTION_ERRORS else 0)
    while (left := deadline - time.monotonic()) > 0 and (ready := selector.select(left)):
        for key, _ in ready:
            _read(key.data)


def _read(rank: _Rank) -> None:
    """Take what a rank has sent; raises CandidateProblem if it has ended without a result."""
    data = rank.reader.read(1 << 16)
    rank.received.extend(data)
    if not data:
        raise CandidateProblem("crashed", {"what": "rank", "rank": rank.number})


def _complete(received: bytearray) -> bool:
    if len(received) < _HEAD.size:
        return False
    structure, blob = _HEAD.unpack_from(received)
    return bool(len(received) >= _HEAD.size + structure + blob)


def _run(rank: _Rank) -> Run:
    from llmprep.judge.wire import MalformedFrame, unpack

    length, _ = _HEAD.unpack_from(rank.received)
    body = bytes(rank.received[_HEAD.size :])
    try:
        [run] = unpack(body[:length], body[length:])
    except (MalformedFrame, ValueError):
        raise CandidateProblem("crashed", {"what": "rank", "rank": rank.number}) from None
    return run


def _end(ranks: list[_Rank]) -> None:
    for rank in ranks:
        rank.reader.close()
        with suppress(ProcessLookupError):
            os.kill(rank.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(rank.pid, 0)
