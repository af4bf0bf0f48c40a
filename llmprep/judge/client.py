"""The judge as the rest of the program knows it: `Judge().grade(...)` gives a `Verdict`. Imports no torch.

The parent owns the clock. It relays the worker's frames to the referee without reading them, ends the
worker at the first time-out, and believes only the referee.
"""

from __future__ import annotations

import dataclasses
import json
import queue
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmprep.content.items import Drill, Mistake
from llmprep.content.json_form import to_json
from llmprep.judge.channel import DONE, FAILED, FRAME, REQUEST, STARTED, VERDICT, BadMessage, Channel, Message
from llmprep.judge.processes import Child, JudgeProblem, Processes, start
from llmprep.judge.verdict import Verdict, from_dict


@dataclass(frozen=True)
class Limits:
    """How long a candidate may take, in seconds."""

    run: float = 4.0
    grade: float = 10.0
    verdict: float = 30.0


@dataclass(frozen=True)
class DrillFiles:
    """A drill as the judge needs it."""

    id: str
    folder: Path
    solution: Path
    forbid: tuple[str, ...]
    mistakes: tuple[Mistake, ...]

    @classmethod
    def of(cls, root: Path, name: str, drill: Drill, mistakes: tuple[Mistake, ...]) -> DrillFiles:
        """The files of drill `name` under the content root."""
        return cls(name, root / "drills" / name, root / "solutions" / name, drill.forbid, mistakes)


@dataclass
class _Prepared:
    drill: str
    seed: int
    worker: Child
    referee: Child


class Judge:
    """Grades candidates' files; keeps warm processes between grades.

    Args:
        hidden: folders that a candidate's code must not read: solutions, the learner's own folder.
    """

    def __init__(self, hidden: tuple[Path, ...] = (), limits: Limits | None = None):
        package = Path(__file__).resolve().parents[1]
        self._hidden = [package, *hidden]
        self._limits = limits or Limits()
        self._processes: Processes | None = None
        self._ready: _Prepared | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin importing torch in the background; returns at once."""
        if self._processes is None:
            self._processes = start(self._hidden)

    def prepare(self, drill: DrillFiles, seed: int | None = None) -> None:
        """Have a worker and a referee waiting, the referee with the reference already run."""
        with self._lock:
            if self._ready is not None and self._ready.drill == drill.id and seed in (None, self._ready.seed):
                return
            self._discard()
            self._ready = self._pair(drill, secrets.randbelow(2**31) if seed is None else seed)

    def grade(self, drill: DrillFiles, source: bytes, filename: str, seed: int | None = None) -> Verdict:
        """Grade one file.

        Args:
            source: the learner's file as bytes; it is parsed in the worker only.
            filename: how the file is called in messages.
            seed: of the inputs; fresh when None.

        Raises:
            JudgeProblem: the judge itself cannot work.
        """
        began = time.monotonic()
        self.prepare(drill, seed)
        with self._lock:
            ready, self._ready = self._ready, None
        assert ready is not None
        task = {
            "probes": str(drill.folder / "probes.py"),
            "filename": filename,
            "module": drill.id.replace("-", "_"),
            "seed": ready.seed,
            "forbid": list(drill.forbid),
        }
        try:
            end = _relay(ready, Message(REQUEST, json.dumps(task).encode(), source), self._limits)
            data = _verdict(ready.referee.channel, end, self._limits)
        finally:
            ready.worker.end(kill=True)
            ready.referee.end(kill=True)
        return from_dict(data, time.monotonic() - began)

    def close(self) -> None:
        """End every process."""
        with self._lock:
            self._discard()
            if self._processes is not None:
                self._processes.close()
                self._processes = None

    def __enter__(self) -> Judge:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ------------------------------------------------------------- private

    def _pair(self, drill: DrillFiles, seed: int) -> _Prepared:
        self.start()
        assert self._processes is not None
        referee = self._processes.child("referee")
        task = {
            "drill": drill.id,
            "seed": seed,
            "solution": str(drill.solution),
            "probes": str(drill.folder / "probes.py"),
            "forbid": list(drill.forbid),
            "mistakes": [to_json(mistake) for mistake in drill.mistakes],
        }
        referee.channel.send(Message(REQUEST, json.dumps(task).encode()))
        return _Prepared(drill.id, seed, self._processes.child("worker"), referee)

    def _discard(self) -> None:
        if self._ready is not None:
            self._ready.worker.end(kill=True)
            self._ready.referee.end(kill=True)
            self._ready = None


def _relay(pair: _Prepared, request: Message, limits: Limits) -> dict[str, Any]:
    """Send the candidate to the worker and its frames to the referee; say how it ended."""
    inbox: queue.Queue[Message | None | BadMessage] = queue.Queue()
    worker = pair.worker.channel
    try:
        worker.send(request)
    except OSError:
        return _stopped(["load", "base"], "crashed", {"what": "ended"})
    threading.Thread(target=_listen, args=(worker, inbox), daemon=True).start()
    deadline = time.monotonic() + limits.grade
    running, run_deadline = ["load", "base"], time.monotonic() + limits.run
    while True:
        try:
            message = inbox.get(timeout=max(min(deadline, run_deadline) - time.monotonic(), 0.001))
        except queue.Empty:
            return _stopped(running, "timeout", {"seconds": limits.run})
        if message is None:
            status = pair.worker.end(kill=True)
            return _stopped(running, "crashed", {"what": "ended", "status": status})
        if isinstance(message, BadMessage) or message.kind not in (STARTED, FRAME, DONE):
            return _stopped(running, "crashed", {"what": "malformed"})
        if message.kind == FRAME:
            pair.referee.channel.send(message)
        elif message.kind == DONE:
            return _end_of(message)
        else:
            running, run_deadline = _run_of(message), time.monotonic() + limits.run


def _listen(channel: Channel, inbox: queue.Queue[Message | None | BadMessage]) -> None:
    while True:
        try:
            message = channel.receive()
        except BadMessage as error:
            inbox.put(error)
            return
        inbox.put(message)
        if message is None or message.kind == DONE:
            return


def _run_of(message: Message) -> list[str]:
    try:
        probe, variation = json.loads(message.structure[:1000])
        return [str(probe), str(variation)]
    except (ValueError, TypeError, RecursionError):
        return ["load", "base"]


def _end_of(message: Message) -> dict[str, Any]:
    """The worker's own summary: only what it printed and what it says it cost; never a verdict."""
    try:
        data = json.loads(message.structure)
        return {"printed": str(data.get("printed", "")), "cost": data.get("cost")}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _stopped(run: list[str], problem: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {"stopped": {"run": run, "problem": problem, "detail": detail}}


def _verdict(channel: Channel, end: dict[str, Any], limits: Limits) -> dict[str, Any]:
    inbox: queue.Queue[Message | None | BadMessage] = queue.Queue()
    try:
        channel.send(Message(DONE, json.dumps(end).encode()))
    except OSError as error:
        raise JudgeProblem("the referee ended before its verdict") from error
    threading.Thread(target=_listen, args=(channel, inbox), daemon=True).start()
    try:
        message = inbox.get(timeout=limits.verdict)
    except queue.Empty as error:
        raise JudgeProblem("the referee gave no verdict in time") from error
    if isinstance(message, Message) and message.kind == VERDICT:
        data: dict[str, Any] = json.loads(message.structure)
        return data
    if isinstance(message, Message) and message.kind == FAILED:
        raise JudgeProblem(f"the reference could not be run: {json.loads(message.structure)}")
    raise JudgeProblem("the referee ended without a verdict")


def as_record(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain data, for the review log."""
    return dataclasses.asdict(verdict)
