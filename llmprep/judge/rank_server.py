"""What one rank does: it joins its group, goes inside the walls, and runs probes when it is told to.

All ranks and the process that grades run the same probe with the same inputs. Where the probe calls
`t.ranks(n, function)`, rank r computes `function(r, n)`, sends the result, and gets everybody's back.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import torch

from llmprep.judge import sandbox
from llmprep.judge.boundary import Boundary
from llmprep.judge.candidate import CandidateProblem, describe_exception, load, problem_of
from llmprep.judge.channel import FRAME, PREPARE, PRINTED, REQUEST, STARTED, VERDICT, Channel, Message
from llmprep.judge.probes import Probe
from llmprep.judge.runner import Run, RunKey, Runner, load_probes
from llmprep.judge.streams import printing_to
from llmprep.judge.values import canonical
from llmprep.judge.wire import pack, unpack

READY, LOAD, RUN, RESULT, VALUES, OVER = STARTED, PREPARE, REQUEST, FRAME, VERDICT, b"O"
SECONDS = 3.0
"""How long a rank may wait for another."""


class RunOver(BaseException):
    """The run ended elsewhere while this rank was waiting; no candidate's handler should see it."""


def serve_rank(
    rank: int,
    world: int,
    connection: socket.socket,
    meeting: Path,
    probes: list[Probe] | None,
    ruleset: int | None,
    walls: bool,
) -> None:
    """Be rank `rank` of `world` until the connection closes.

    Args:
        meeting: a file at which the ranks find each other.
        probes: of the drill, where their file will be out of reach; None where they may be read.
        ruleset: what `sandbox.build_ruleset(…, network=False)` made; used if `walls`.
    """
    channel = Channel(connection.makefile("rb"), connection.makefile("wb"))
    torch.set_num_threads(1)
    if walls:
        sandbox.enter_files(ruleset, sandbox.EXTRA_MEMORY_OF_RANK)
    _join(rank, world, meeting)
    if walls:
        sandbox.seal()
    sys.stdout = sys.stderr = printing_to(lambda data: channel.send(Message(PRINTED, data)))
    channel.send(Message(READY))
    runner: Runner | None = None
    while (message := channel.receive()) is not None:
        if message.kind == LOAD:
            runner = _load(json.loads(message.structure), message.blob, probes)
        elif message.kind == RUN and runner is not None:
            number, probe, variation = json.loads(message.structure)
            part = Part(channel, number, rank, world, message.blob)
            _run(runner, RunKey(probe, variation), part)


def _join(rank: int, world: int, meeting: Path) -> None:
    import torch.distributed as dist

    os.environ["GLOO_SOCKET_IFNAME"] = "lo0" if sys.platform == "darwin" else "lo"
    wait = timedelta(seconds=10 * SECONDS)  # who waits in vain is told by the clock of the one who asks
    dist.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=world, timeout=wait
    )


def _load(job: dict[str, Any], source: bytes, probes: list[Probe] | None) -> Runner | None:
    """A runner for an implementation; None if the file cannot even be imported (the other side knows)."""
    found = probes if probes is not None else load_probes(Path(job["probes"]))
    try:
        namespace = load(source, job["filename"], job["module"])
    except BaseException:
        return None
    return Runner(found, namespace, job["filename"], job["seed"], tuple(job["forbid"]))


def _run(runner: Runner, key: RunKey, part: Part) -> None:
    """One probe; what it raises outside of `t.ranks` is told as well, or the others would wait."""
    try:
        run = runner.run(key, part)
    except RunOver:
        return
    if run.problem is not None and not part.told:
        part.tell(Run(part.key, problem=run.problem, detail=run.detail))


class Part:
    """A rank's part in one run of a probe."""

    def __init__(self, channel: Channel, number: int, rank: int, world: int, earlier: bytes):
        self.key = RunKey(str(number), "rank")
        self._channel = channel
        self._rank = rank
        self._world = world
        self._earlier: list[Any] = decoded(earlier) if earlier else []
        self.told = False

    def call(
        self, world: int, function: Callable[[int, int], Any], runner: Runner, boundary: Boundary
    ) -> list[Any]:
        """Compute this rank's result, if the call is for as many ranks; everybody's results."""
        if self._earlier:
            return list(self._earlier.pop(0))
        if world == self._world:
            self.tell(self._result(function, boundary))
        message = self._channel.receive()
        if message is None or message.kind != VALUES:
            raise RunOver
        return list(decoded(message.blob))

    def close(self) -> None:
        """Nothing is left open: the process that grades ends the run."""

    def _result(self, function: Callable[[int, int], Any], boundary: Boundary) -> Run:
        run = Run(self.key)
        try:
            run.value = canonical(function(self._rank, self._world))
        except RunOver:
            raise
        except CandidateProblem as problem:
            run.problem, run.detail = problem.problem, problem.detail
        except BaseException as error:
            run.problem, run.detail = problem_of(error), describe_exception(error, boundary.filename)
        boundary.tell(run)
        return run

    def tell(self, run: Run) -> None:
        """Send what came out; one that failed ends the run for everybody."""
        self.told = self.told or run.problem is not None
        self._channel.send(Message(RESULT, *pack([run])))


def encoded(values: Any) -> bytes:
    """Any canonical value as bytes, for `decoded`."""
    structure, blob = pack([Run(RunKey("values", "rank"), value=values)])
    return len(structure).to_bytes(4, "big") + structure + blob


def decoded(data: bytes) -> Any:
    """The inverse of `encoded`; raises MalformedFrame."""
    length = int.from_bytes(data[:4], "big")
    return unpack(data[4 : 4 + length], data[4 + length :])[0].value
