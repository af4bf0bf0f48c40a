"""What the program does while a candidate runs: pass frames on unread, keep the clock, believe nobody.

The worker's word ends at "this run began" and "these bytes"; whether a run took too long is read off the
program's own clock, and the verdict is the referee's.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from llmprep.judge.channel import (
    DIAGNOSIS,
    DONE,
    EXPERIMENT,
    FAILED,
    FRAME,
    PRINTED,
    STARTED,
    VERDICT,
    WHERE,
    BadMessage,
    Channel,
    Message,
)
from llmprep.judge.processes import START_SECONDS, Child, JudgeProblem

MAX_BYTES = 512 << 20
MAX_MESSAGES = 20_000
MAX_PRINTED = 8000
MAX_CLAIM = 1000
_FROM_WORKER = (STARTED, WHERE, FRAME, PRINTED, DONE)

Inbox = queue.Queue[Message | BadMessage | None]
End = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds: one run of a candidate, all of them, a verdict, its diagnosis,
    and in that the runs which no one must pass."""

    run: float = 4.0
    grade: float = 10.0
    verdict: float = 30.0
    diagnosis: float = 2.0
    experiment: float = 0.2


class Relay:
    """One grade as the program sees it: a worker, a referee, and the time.

    Raises (from its methods):
        JudgeProblem: a process of the judge's failed before, or apart from, the candidate.
    """

    def __init__(self, worker: Child, referee: Child, limits: Limits):
        self._worker = worker
        self._referee = referee
        self._limits = limits
        self._to_referee: queue.Queue[Message | None] = queue.Queue()
        self._printed = b""

    def run(self, request: Message) -> dict[str, Any]:
        """Hand over the candidate and return the referee's verdict."""
        threading.Thread(target=self._feed, daemon=True).start()
        try:
            end = self._watch(request)
            end["printed"] = self._printed[:MAX_PRINTED].decode("utf-8", "replace")
            self._to_referee.put(Message(DONE, json.dumps(end).encode()))
            return self._verdict()
        finally:
            self._to_referee.put(None)

    # -------------------------------------------------------------- worker

    def _watch(self, request: Message) -> End:
        """Follow the worker to its end; says how it ended."""
        try:
            self._worker.channel.send(request)
        except OSError as error:
            raise JudgeProblem(f"its worker ended before it began: {self._worker.why()}") from error
        inbox = _listen(self._worker.channel)
        if (first := _next(inbox, START_SECONDS)) is None or isinstance(first, BadMessage):
            raise JudgeProblem(f"its worker ended before it began: {self._worker.why()}")
        running, where = _run_of(first), dict[str, Any]()
        end_of_grade, end_of_run = _in(self._limits.grade), _in(self._limits.run)
        while True:
            try:
                message = _next(inbox, min(end_of_grade, end_of_run) - time.monotonic())
            except queue.Empty:
                self._worker.end()
                late = self._limits.run if end_of_run <= end_of_grade else self._limits.grade
                return _stopped(running, "timeout", {"seconds": late, **where})
            if message is None:
                status = self._worker.end(kill=False)
                what = "flooding" if self._worker.flooding else "ended"
                return _stopped(running, "crashed", {"what": what, "status": status})
            if isinstance(message, BadMessage) or message.kind not in _FROM_WORKER:
                return _stopped(running, "crashed", {"what": "malformed"})
            if message.kind == DONE:
                return {"cost": _claim(message).get("cost")}
            if message.kind == FRAME:
                self._to_referee.put(message)
            elif message.kind == PRINTED:
                self._printed += message.structure[: MAX_PRINTED - len(self._printed)]
            elif message.kind == WHERE:
                where = _place_of(message)
            else:
                running, where, end_of_run = _run_of(message), {}, _in(self._limits.run)

    # ------------------------------------------------------------- referee

    def _feed(self) -> None:
        """Pass frames on, on a thread of its own: a referee that does not read must not stop the clock."""
        while (message := self._to_referee.get()) is not None:
            try:
                self._referee.channel.send(message)
            except (OSError, ValueError):  # it ended; `_verdict` finds out why
                return

    def _verdict(self) -> dict[str, Any]:
        inbox = _listen(self._referee.channel)
        try:
            message = _next(inbox, self._limits.verdict)
        except queue.Empty as error:
            raise JudgeProblem("its referee gave no verdict in time") from error
        if isinstance(message, Message) and message.kind == FAILED:
            raise JudgeProblem(f"the reference cannot be used: {json.loads(message.structure)}")
        if not isinstance(message, Message) or message.kind != VERDICT:
            raise JudgeProblem(f"its referee ended without a verdict: {self._referee.why()}")
        verdict: dict[str, Any] = json.loads(message.structure)
        return verdict | self._diagnosis(inbox) if verdict.pop("diagnosing") else verdict

    def _diagnosis(self, inbox: Inbox) -> dict[str, Any]:
        """The diagnosis, or nothing if it takes too long: the verdict stands without it."""
        try:
            message = _next(inbox, self._limits.diagnosis)
            if isinstance(message, Message) and message.kind == EXPERIMENT:
                self._experiment(message)
                message = _next(inbox, self._limits.diagnosis)
        except queue.Empty:
            return {}
        if not isinstance(message, Message) or message.kind != DIAGNOSIS:
            return {}
        found: dict[str, Any] = json.loads(message.structure)
        return found

    def _experiment(self, wanted: Message) -> None:
        """Have the worker run what the referee asks for, as far as it does so in time."""
        end = _in(self._limits.experiment)
        with suppress(OSError, ValueError, queue.Empty):
            self._worker.channel.send(wanted)
            inbox = _listen(self._worker.channel)
            while isinstance(message := _next(inbox, end - time.monotonic()), Message):
                if message.kind == DONE:
                    break
                if message.kind == FRAME:
                    self._to_referee.put(message)
        self._to_referee.put(Message(DONE, b"{}"))


# ------------------------------------------------------------------ helpers


def _listen(channel: Channel) -> Inbox:
    """A queue that a thread of its own fills with what arrives; None at the end."""
    inbox: Inbox = queue.Queue()
    threading.Thread(target=_receive_all, args=(channel, inbox), daemon=True).start()
    return inbox


def _receive_all(channel: Channel, inbox: Inbox) -> None:
    received = 0
    for _ in range(MAX_MESSAGES):
        try:
            message = channel.receive()
        except BadMessage as error:
            inbox.put(error)
            return
        inbox.put(message)
        if message is None or message.kind == DONE:
            return
        received += len(message.structure) + len(message.blob)
        if received > MAX_BYTES:
            break
    inbox.put(BadMessage("more than any honest worker sends"))


def _next(inbox: Inbox, seconds: float) -> Message | BadMessage | None:
    return inbox.get(timeout=max(seconds, 0.001))


def _in(seconds: float) -> float:
    return time.monotonic() + seconds


def _run_of(message: Message) -> list[str]:
    claim = _loaded(message)
    if isinstance(claim, list) and len(claim) == 2 and all(isinstance(part, str) for part in claim):
        return claim
    return ["load", "base"]


def _place_of(message: Message) -> dict[str, Any]:
    """The learner's line that a worker says it is in."""
    claim = _claim(message)
    line, code = claim.get("line"), claim.get("code")
    return {"line": line, "code": code} if isinstance(line, int) and isinstance(code, str) else {}


def _claim(message: Message) -> dict[str, Any]:
    claim = _loaded(message)
    return claim if isinstance(claim, dict) else {}


def _loaded(message: Message) -> Any:
    """A worker's short JSON, or None where it is none."""
    if len(message.structure) > MAX_CLAIM:
        return None
    try:
        return json.loads(message.structure)
    except (ValueError, RecursionError):
        return None


def _stopped(run: list[str], problem: str, detail: dict[str, Any]) -> End:
    return {"stopped": {"run": run, "problem": problem, "detail": detail}}
