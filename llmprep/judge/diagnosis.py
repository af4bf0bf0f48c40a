"""Names the mistake: runs every known one the way the candidate failed, and sees which gives the same.

Saying nothing beats saying something false: a mistake is named when it reproduces at least half of the
failing runs looked at and none reproduces more; what no run tells apart is named together.
"""

from __future__ import annotations

import math
import time
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from llmprep.judge.agreement import agrees
from llmprep.judge.candidate import load
from llmprep.judge.mistakes import WrongSolution
from llmprep.judge.probes import Probe
from llmprep.judge.runner import Run, Runner, RunKey
from llmprep.judge.verdict import Diagnosis
from llmprep.judge.wire import canonical

MOST_RUNS = 12


@dataclass
class Evidence:
    """What the candidate did: its failing runs, and the passing base runs that a mistake must pass too."""

    failing: dict[RunKey, Run]
    passing: dict[RunKey, Run]


class Namer:
    """Runs wrong solutions on the candidate's inputs, within a time budget."""

    def __init__(self, probes: list[Probe], seed: int, forbid: tuple[str, ...], seconds: float):
        self._probes = probes
        self._seed = seed
        self._forbid = forbid
        self._deadline = time.monotonic() + seconds

    def name(self, evidence: Evidence, singles: list[WrongSolution], pairs: Callable[[], list[WrongSolution]]) -> Diagnosis | None:
        """The diagnosis, or None where nothing is proved."""
        keys = list(evidence.failing)[:MOST_RUNS]
        if not keys:
            return None
        scores = self._scores(singles, keys, evidence)
        best = max((len(explained) for _, explained in scores), default=0)
        if best == len(keys):
            return self._diagnosis([s for s, explained in scores if len(explained) == best], best, keys, evidence)
        together = [wrong for wrong in self._in_time(pairs()) if self._explains_all(wrong, keys, evidence)]
        if len(together) == 1:
            return Diagnosis(together[0].ids, True, len(keys), len(keys))
        if best * 2 >= len(keys) and best > 0:
            return self._diagnosis([s for s, explained in scores if len(explained) == best], best, keys, evidence)
        return None

    def _scores(
        self, wrongs: list[WrongSolution], keys: list[RunKey], evidence: Evidence
    ) -> list[tuple[WrongSolution, list[RunKey]]]:
        scores = []
        for wrong in self._in_time(wrongs):
            runner = self._runner(wrong)
            if runner is None:
                continue
            explained = [key for key in keys if agrees(self._run(runner, key), evidence.failing[key])]
            scores.append((wrong, explained))
        return scores

    def _diagnosis(self, wrongs: list[WrongSolution], explained: int, keys: list[RunKey], evidence: Evidence) -> Diagnosis:
        narrowed = [wrong for wrong in wrongs if self._passes_where_candidate_passes(wrong, evidence)] if len(wrongs) > 1 else []
        chosen = narrowed or wrongs
        return Diagnosis(tuple(wrong.ids[0] for wrong in chosen), False, explained, len(keys))

    def _explains_all(self, wrong: WrongSolution, keys: list[RunKey], evidence: Evidence) -> bool:
        runner = self._runner(wrong)
        return runner is not None and all(agrees(self._run(runner, key), evidence.failing[key]) for key in keys)

    def _passes_where_candidate_passes(self, wrong: WrongSolution, evidence: Evidence) -> bool:
        runner = self._runner(wrong)
        if runner is None:
            return False
        return all(agrees(self._run(runner, key), run) for key, run in list(evidence.passing.items())[:MOST_RUNS])

    def _in_time(self, wrongs: Iterable[WrongSolution]) -> Iterable[WrongSolution]:
        for wrong in wrongs:
            if time.monotonic() > self._deadline:
                return
            yield wrong

    def _runner(self, wrong: WrongSolution) -> Runner | None:
        filename = f"<{'+'.join(wrong.ids)}>"
        try:
            namespace: types.ModuleType = load(wrong.source.encode(), filename, "llmprep_mistake")
        except Exception:
            return None
        return Runner(self._probes, namespace, filename, self._seed, self._forbid)

    @staticmethod
    def _run(runner: Runner, key: RunKey) -> Run:
        run = runner.run(key)
        run.value = canonical(run.value)
        return run


# --------------------------------------------------- what outputs prove alone


def observe(expected: Any, actual: Any) -> list[dict[str, Any]]:
    """Statements about one pair of outputs that the numbers prove: swapped axes, a constant factor, a sign."""
    if isinstance(expected, list) and isinstance(actual, list):
        for e, a in zip(expected, actual, strict=False):
            found = observe(e, a)
            if found:
                return found
        return []
    if not (isinstance(expected, Tensor) and isinstance(actual, Tensor)):
        return []
    if not (expected.is_floating_point() and actual.is_floating_point()) or expected.numel() < 6:
        return []
    return _swapped_axes(expected.double(), actual.double()) or _factor(expected.double(), actual.double())


def _close(left: Tensor, right: Tensor) -> bool:
    scale = float(left.abs().max()) if left.numel() else 0.0
    return left.shape == right.shape and bool(((left - right).abs() <= 1e-4 * max(scale, 1e-6)).all())


def _swapped_axes(expected: Tensor, actual: Tensor) -> list[dict[str, Any]]:
    if expected.dim() != actual.dim() or _close(expected, actual):
        return []
    for first in range(expected.dim()):
        for second in range(first + 1, expected.dim()):
            if _close(expected, actual.transpose(first, second)):
                return [{"kind": "swapped-axes", "axes": [first - expected.dim(), second - expected.dim()]}]
    return []


def _factor(expected: Tensor, actual: Tensor) -> list[dict[str, Any]]:
    if expected.shape != actual.shape or not bool(torch.isfinite(actual).all()) or not bool(torch.isfinite(expected).all()):
        return []
    square = float((expected * expected).sum())
    if square == 0:
        return []
    factor = float((expected * actual).sum()) / square
    if abs(factor) < 1e-3 or abs(factor - 1) < 1e-3 or not _close(actual, expected * factor):
        return []
    if abs(factor + 1) < 1e-3:
        return [{"kind": "sign"}]
    found: dict[str, Any] = {"kind": "factor", "factor": factor}
    for name, value in (("square", factor * factor), ("inverse-square", 1 / (factor * factor))):
        if value >= 1.5 and math.isclose(value, round(value), rel_tol=2e-3):
            found[name] = round(value)
    return [found]
