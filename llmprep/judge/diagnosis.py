"""Names the mistake: runs every known one the way the candidate failed, and sees which gives the same.

Saying nothing beats saying something false. A mistake is named with certainty when it reproduces every
failing run looked at and contradicts no passing one; two mistakes together likewise; one that reproduces
at least half is what it looks like. What no run tells apart is named together.
"""

from __future__ import annotations

import time
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from llmprep.judge.agreement import agrees
from llmprep.judge.candidate import load
from llmprep.judge.mistakes import WrongSolution
from llmprep.judge.probes import Probe
from llmprep.judge.runner import Run, RunKey, Runner
from llmprep.judge.verdict import Diagnosis

MOST_RUNS = 12
ItemT = TypeVar("ItemT")


@dataclass
class Evidence:
    """What the candidate did: its failing runs, and the passing ones that a mistake must not contradict."""

    failing: dict[RunKey, Run]
    passing: dict[RunKey, Run]


class Namer:
    """Runs wrong solutions on the candidate's inputs, within a time budget in seconds.

    Args:
        known: what single mistakes gave on these inputs, by their id, so far as that was run before.
    """

    def __init__(
        self,
        probes: list[Probe],
        seed: int,
        forbid: tuple[str, ...],
        seconds: float,
        known: Mapping[str, Mapping[RunKey, Run]] | None = None,
    ):
        self._probes = probes
        self._seed = seed
        self._forbid = forbid
        self._deadline = time.monotonic() + seconds
        self._known = known or {}

    def name(
        self, evidence: Evidence, singles: list[WrongSolution], pairs: Callable[[], Iterable[WrongSolution]]
    ) -> Diagnosis | None:
        """The diagnosis, or None where nothing is proved."""
        failing = dict(list(evidence.failing.items())[:MOST_RUNS])
        passing = dict(list(evidence.passing.items())[:MOST_RUNS])
        if not failing:
            return None
        forbid = self._forbid if any(run.forbidden for run in failing.values()) else ()
        suspects = [
            Suspect(wrong, self._probes, self._seed, forbid, self._known.get(wrong.ids[0]))
            for wrong in singles
        ]
        certain = [suspect for suspect in self._in_time(suspects) if suspect.explains(failing, passing)]
        if certain:
            return self._certain(certain, len(failing))
        both = (Suspect(wrong, self._probes, self._seed, forbid) for wrong in self._in_time(pairs()))
        together = [suspect for suspect in both if suspect.explains(failing, passing)]
        if len(together) == 1:
            return Diagnosis(together[0].ids, True, len(failing), len(failing))
        return self._resembling(suspects, failing, passing)

    @staticmethod
    def _certain(suspects: list[Suspect], runs: int) -> Diagnosis:
        return Diagnosis(tuple(suspect.ids[0] for suspect in suspects), False, runs, runs)

    def _resembling(
        self, suspects: list[Suspect], failing: dict[RunKey, Run], passing: dict[RunKey, Run]
    ) -> Diagnosis | None:
        """What the candidate looks like; runs that contradict it count against it."""
        scores: list[tuple[int, int, Suspect]] = []
        for suspect in self._in_time(suspects):
            explained = suspect.agreeing(failing)
            if explained:
                scores.append((explained, suspect.agreeing(passing) - len(passing), suspect))
        if not scores:
            return None
        explained, contradicted = max(score[:2] for score in scores)
        runs = len(failing) - contradicted
        if explained * 2 < runs:
            return None
        alike = tuple(suspect.ids[0] for *score, suspect in scores if score == [explained, contradicted])
        return Diagnosis(alike, False, explained, runs)

    def _in_time(self, items: Iterable[ItemT]) -> Iterator[ItemT]:
        for item in items:
            if time.monotonic() > self._deadline:
                return
            yield item


class Suspect:
    """One wrong solution and what it gave so far."""

    def __init__(
        self,
        wrong: WrongSolution,
        probes: list[Probe],
        seed: int,
        forbid: tuple[str, ...],
        known: Mapping[RunKey, Run] | None = None,
    ):
        self._known = known or {}
        self.ids = wrong.ids
        self._source = wrong.source
        self._make: Callable[[types.ModuleType, str], Runner] = lambda namespace, filename: Runner(
            probes, namespace, filename, seed, forbid
        )
        self._runner: Runner | None = None
        self._broken = False
        self._agreed: dict[RunKey, bool] = {}

    def explains(self, failing: dict[RunKey, Run], passing: dict[RunKey, Run]) -> bool:
        """Whether it does what the candidate did in all of these runs; stops at the first that differs."""
        return all(self._agrees(key, run) for runs in (failing, passing) for key, run in runs.items())

    def agreeing(self, runs: dict[RunKey, Run]) -> int:
        """In how many of these runs it does what the candidate did."""
        return sum(self._agrees(key, run) for key, run in runs.items())

    def _agrees(self, key: RunKey, run: Run) -> bool:
        if key not in self._agreed and key in self._known:
            self._agreed[key] = agrees(self._known[key], run)
        elif key not in self._agreed:
            runner = self._load()
            self._agreed[key] = runner is not None and agrees(runner.run(key), run)
        return self._agreed[key]

    def _load(self) -> Runner | None:
        if self._runner is None and not self._broken:
            filename = f"<{'+'.join(self.ids)}>"
            try:
                namespace: types.ModuleType = load(self._source.encode(), filename, "llmprep_mistake")
            except Exception:  # a mistake that cannot be imported explains nothing
                self._broken = True
                return None
            self._runner = self._make(namespace, filename)
        return self._runner
