"""The judge as the rest of the program knows it: `Judge().grade(...)` gives a `Verdict`. Imports no torch."""

from __future__ import annotations

import json
import secrets
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from llmprep.content.items import Drill, Mistake
from llmprep.content.json_form import to_json
from llmprep.judge.channel import PREPARE, REQUEST, Message
from llmprep.judge.processes import Child, JudgeProblem, Processes, start
from llmprep.judge.relay import Limits, Relay
from llmprep.judge.verdict import Outcome, Verdict, from_dict

__all__ = ["DrillFiles", "Judge", "JudgeProblem", "Limits"]

MAX_SEED = 2**31
MAX_SOURCE = 8 << 20
"""Bytes of a learner's file; what is larger is no Python that anyone wrote."""


@dataclass(frozen=True)
class DrillFiles:
    """A drill as the judge needs it."""

    id: str
    folder: Path
    solution: Path
    forbid: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    ranks: tuple[int, ...] = ()
    requires: tuple[str, ...] = ()

    @classmethod
    def of(cls, root: Path, name: str, drill: Drill, mistakes: tuple[Mistake, ...]) -> DrillFiles:
        """The files of drill `name` under the content root."""
        folder, solution = root / "drills" / name, root / "solutions" / name
        return cls(name, folder, solution, drill.forbid, mistakes, drill.ranks, drill.requires)


@dataclass
class _Pair:
    """A worker and a referee that wait for one grade, the referee with the reference already run."""

    drill: DrillFiles
    seed: int
    worker: Child
    referee: Child

    def end(self) -> None:
        self.worker.end()
        self.referee.end()


class Judge:
    """Grades candidates' files; keeps warm processes between grades. One grade at a time; any thread may ask.

    Args:
        hidden: folders that a candidate's code must not read: solutions, the learner's own folder.
    """

    def __init__(self, hidden: tuple[Path, ...] = (), limits: Limits | None = None):
        package = Path(__file__).resolve().parents[1]
        self._hidden = list(_around((package, *hidden), Path(sys.prefix).resolve()))
        self._limits = limits or Limits()
        self._processes: Processes | None = None
        self._worked = False
        self._closing = False
        self._ready: _Pair | None = None
        self._ending: threading.Thread | None = None
        self._lock = threading.RLock()

    def start(self) -> None:
        """Begin importing torch in the background; returns at once."""
        with self._lock:
            if self._processes is None:
                self._processes = start(self._hidden)

    def prepare(self, drill: DrillFiles, seed: int | None = None) -> None:
        """Have a worker and a referee waiting for a drill; waits for torch to be imported.

        Raises:
            JudgeProblem: the judge itself cannot work.
        """
        with self._lock:
            if self._ready is not None and self._ready.drill == drill and seed in (None, self._ready.seed):
                return
            self._discard()
            self._ready = self._pair(drill, secrets.randbelow(MAX_SEED) if seed is None else seed)

    def grade(self, drill: DrillFiles, source: bytes, filename: str, seed: int | None = None) -> Verdict:
        """Grade one file.

        Args:
            source: the learner's file as bytes; it is parsed in the worker only.
            filename: how the file is called in messages.
            seed: of the inputs; fresh when None.

        Raises:
            JudgeProblem: the judge itself cannot work; nothing is said about the candidate then.
        """
        began = time.monotonic()
        if len(source) > MAX_SOURCE:
            return _too_large(drill, seed or 0, len(source))
        with self._lock:
            self.prepare(drill, seed)
            pair, self._ready = self._ready, None
            assert pair is not None
            try:
                request = Message(REQUEST, json.dumps({"filename": filename}).encode(), source)
                data = Relay(pair.worker, pair.referee, self._limits).run(request)
            finally:  # taking down a process that holds torch takes as long as the grade
                self._ending = threading.Thread(target=pair.end)
                self._ending.start()
        return from_dict(data, time.monotonic() - began)

    def close(self) -> None:
        """End every process, also while another thread still waits for torch to be imported."""
        self._closing = True
        if self._lock.acquire(blocking=False):
            self._lock.release()
        elif self._processes is not None:
            self._processes.interrupt()
        with self._lock:
            self._discard()
            self._finish_ending()
            self._stop()
            self._closing = False

    def __enter__(self) -> Judge:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ------------------------------------------------------------- private

    def _pair(self, drill: DrillFiles, seed: int) -> _Pair:
        """A fresh pair; processes that worked before and have died since are started anew, once."""
        try:
            return self._new_pair(drill, seed)
        except JudgeProblem:
            self._stop()
            if self._closing or not self._worked:
                raise
            self._worked = False
            return self._new_pair(drill, seed)

    def _new_pair(self, drill: DrillFiles, seed: int) -> _Pair:
        self._finish_ending()
        self.start()
        assert self._processes is not None
        probes = str(drill.folder / "probes.py")
        common = {
            "seed": seed,
            "probes": probes,
            "forbid": list(drill.forbid),
            "requires": list(drill.requires),
        }
        for_worker = {**common, "module": drill.id.replace("-", "_"), "ranks": list(drill.ranks)}
        for_referee = {
            **common,
            "drill": drill.id,
            "solution": str(drill.solution),
            "mistakes": [to_json(mistake) for mistake in drill.mistakes],
        }
        referee = self._processes.child("referee")
        worker = self._processes.child("worker")
        pair = _Pair(drill, seed, worker, referee)
        try:
            referee.channel.send(Message(REQUEST, json.dumps(for_referee).encode()))
            worker.channel.send(Message(PREPARE, json.dumps(for_worker).encode()))
        except OSError as error:
            pair.end()
            raise JudgeProblem("its processes ended before they began") from error
        self._worked = True
        return pair

    def _finish_ending(self) -> None:
        if self._ending is not None:
            self._ending.join()
            self._ending = None

    def _discard(self) -> None:
        if self._ready is not None:
            self._ready.end()
            self._ready = None

    def _stop(self) -> None:
        if self._processes is not None:
            self._processes.close()
            self._processes = None


def _around(hidden: Iterable[Path], kept: Path) -> Iterator[Path]:
    """The hidden folders, cut so that a virtual environment inside one of them stays readable."""
    for path in (folder.resolve() for folder in hidden):
        if path not in kept.parents:
            yield path
        else:
            yield from _around((child for child in path.iterdir() if child != kept), kept)


def _too_large(drill: DrillFiles, seed: int, size: int) -> Verdict:
    detail = {"message": f"{size} bytes"}
    outcome = Outcome("load", "base", "Loading the file", "读入文件", False, "memory", detail)
    return Verdict(drill.id, False, seed, 0.0, (outcome,))
