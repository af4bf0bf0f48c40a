"""The process that runs the learner's file: it gives up its rights, drives the probes and sends what it saw.

Nothing it sends is believed beyond being bytes; the verdict is the referee's.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from llmprep.judge import ENVIRONMENT, sandbox
from llmprep.judge.candidate import CandidateProblem, describe_exception, load, problem_of
from llmprep.judge.channel import DONE, EXPERIMENT, FRAME, PRINTED, STARTED, Channel, Message
from llmprep.judge.forbidden import guard
from llmprep.judge.libraries import make_ready
from llmprep.judge.probes import Probe
from llmprep.judge.ranks import Ranks
from llmprep.judge.referee import LOADING, MEASURING
from llmprep.judge.runner import Run, RunKey, Runner, load_probes
from llmprep.judge.streams import printing_to
from llmprep.judge.warmth import exercise
from llmprep.judge.whereabouts import tell_whereabouts
from llmprep.judge.wire import pack

FLUSH_SECONDS = 0.1


def work(channel: Channel, ruleset: int | None, ruleset_of_ranks: int | None = None) -> None:
    """Get ready for a drill, then serve one request: load the candidate, run every probe, send the frames."""
    torch.set_num_threads(1)
    preparation = channel.receive()
    if preparation is None:
        return
    task = json.loads(preparation.structure)
    libraries = task.get("requires", [])
    make_ready(libraries)
    probes = load_probes(Path(task["probes"]))
    exercise()
    guard(tuple(task["forbid"]))
    ranks = _start_ranks(probes, task.get("ranks", []), ruleset_of_ranks)
    printed = printing_to(lambda data: channel.send(Message(PRINTED, data)))
    sys.stdout = sys.stderr = printed
    os.environ.clear()
    if libraries:
        os.environ.update(ENVIRONMENT)
    sandbox.enter(ruleset)
    request = channel.receive()
    if request is None:
        return
    filename = json.loads(request.structure)["filename"]
    tell_whereabouts(channel, filename)
    outbox = Outbox(channel)
    outbox.announce(LOADING)
    try:
        namespace = load(request.blob, filename, task["module"])
    except BaseException as error:
        outbox.add(Run(LOADING, problem=problem_of(error), detail=describe_exception(error, filename)))
        runner, cost = None, None
    else:
        runner = Runner(probes, namespace, filename, task["seed"], tuple(task["forbid"]), ranks)
        cost = _run_all(runner, outbox)
    with suppress(Exception):  # the candidate may have closed or replaced it
        printed.flush()
    outbox.finish({"cost": cost})
    wanted = channel.receive()
    if wanted is not None and wanted.kind == EXPERIMENT and runner is not None:
        for probe, variation in json.loads(wanted.structure):
            outbox.add(runner.run(RunKey(probe, variation)))
        outbox.finish({})


def _start_ranks(probes: list[Probe], sizes: list[int], ruleset: int | None) -> Callable[[], Ranks]:
    """Sets of ranks of these sizes, connected now: from inside the walls no process can be started."""
    ranks: Ranks | None = None
    if sizes:
        with suppress(CandidateProblem):
            ranks = Ranks(probes, ruleset, walls=True)
            for world in sizes:
                ranks.of_size(world)

    def started() -> Ranks:
        if ranks is None:
            raise CandidateProblem("crashed", {"what": "no-ranks"})
        return ranks

    return started


def _run_all(runner: Runner, outbox: Outbox) -> dict[str, int] | None:
    """Send every run; returns what the first probe cost, or None if anything failed."""
    failed = False
    for run in runner.runs(outbox.announce):
        outbox.add(run)
        failed = failed or run.problem is not None
    if failed:
        return None
    outbox.announce(MEASURING)
    return runner.cost()


class Outbox:
    """Collects runs and sends them together, because packing a frame costs more than most runs."""

    def __init__(self, channel: Channel):
        self._channel = channel
        self._waiting: list[Run] = []
        self._variation = ""
        self._sent_at = time.monotonic()

    def announce(self, key: RunKey) -> None:
        """Say which run begins, so that a time-out can be told where it happened.

        What earlier variations gave is sent now: the referee compares it while this one runs.
        """
        if key.variation != self._variation or time.monotonic() - self._sent_at > FLUSH_SECONDS:
            self._flush()
            self._variation = key.variation
        self._channel.send(Message(STARTED, json.dumps([key.probe, key.variation]).encode()))

    def add(self, run: Run) -> None:
        """Keep a run for the next frame."""
        self._waiting.append(run)

    def finish(self, summary: dict[str, Any]) -> None:
        """Send what is left and the end."""
        self._flush()
        self._channel.send(Message(DONE, json.dumps(summary).encode()))

    def _flush(self) -> None:
        if self._waiting:
            self._channel.send(Message(FRAME, *pack(self._waiting)))
            self._waiting = []
        self._sent_at = time.monotonic()
