"""The process that runs the learner's file: it gives up its rights, drives the probes and sends what it saw.

Nothing it sends is believed beyond being bytes; the verdict is the referee's.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import torch

from llmprep.judge import sandbox
from llmprep.judge.candidate import describe_exception, load
from llmprep.judge.channel import DONE, FRAME, STARTED, Channel, Message
from llmprep.judge.probes import Probe
from llmprep.judge.runner import Run, Runner, RunKey, load_probes
from llmprep.judge.wire import pack

FLUSH_SECONDS = 0.1
MAX_PRINTED = 4000


class Capture(io.TextIOBase):
    """Keeps the first few thousand characters that a candidate prints, and counts the rest."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.length = 0

    def write(self, text: str) -> int:
        if self.length < MAX_PRINTED:
            self.kept.append(str(text)[: MAX_PRINTED - self.length])
        self.length += len(text)
        return len(text)

    def text(self) -> str:
        return "".join(self.kept)


def work(channel: Channel, ruleset: int | None) -> None:
    """Serve one request: load the candidate, run every probe, send the frames."""
    torch.set_num_threads(1)
    request = channel.receive()
    if request is None:
        return
    task = json.loads(request.structure)
    probes = load_probes(Path(task["probes"]))
    printed = Capture()
    sys.stdout = sys.stderr = printed
    os.environ.clear()
    sandbox.enter(ruleset)
    _grade(channel, task, request.blob, probes, printed)


def _grade(channel: Channel, task: dict[str, Any], source: bytes, probes: list[Probe], printed: Capture) -> None:
    filename = task["filename"]
    outbox = Outbox(channel)
    outbox.announce(RunKey("load", "base"))
    try:
        namespace = load(source, filename, task["module"])
    except BaseException as error:
        run = Run(RunKey("load", "base"), problem="exception", detail=describe_exception(error, filename))
        outbox.add(run)
        outbox.finish({"printed": printed.text()})
        return
    runner = Runner(probes, namespace, filename, task["seed"], tuple(task["forbid"]))
    base: dict[str, Run] = {}
    for key in runner.keys():
        outbox.announce(key)
        base[key.probe] = runner.run(key)
        outbox.add(base[key.probe])
    for key in runner.variations(base):
        outbox.announce(key)
        outbox.add(runner.run(key))
    failed = any(run.problem for run in base.values())
    outbox.announce(RunKey("cost", "base"))
    cost = None if failed else runner.cost()
    outbox.finish({"printed": printed.text(), "cost": cost})


class Outbox:
    """Collects runs and sends them together, because packing a frame costs more than most runs."""

    def __init__(self, channel: Channel):
        self._channel = channel
        self._waiting: list[Run] = []
        self._sent_at = time.monotonic()

    def announce(self, key: RunKey) -> None:
        """Say which run begins, so that a time-out can be told where it happened."""
        self._channel.send(Message(STARTED, json.dumps([key.probe, key.variation]).encode()))

    def add(self, run: Run) -> None:
        """Keep a run; send what is waiting if that has taken a while."""
        self._waiting.append(run)
        if time.monotonic() - self._sent_at > FLUSH_SECONDS:
            self._flush()

    def finish(self, summary: dict[str, Any]) -> None:
        """Send what is left and the end."""
        self._flush()
        self._channel.send(Message(DONE, json.dumps(summary).encode()))

    def _flush(self) -> None:
        if self._waiting:
            structure, blob = pack(self._waiting)
            self._channel.send(Message(FRAME, structure, blob))
            self._waiting = []
        self._sent_at = time.monotonic()
