"""Runs every probe in every variation that applies, against one implementation."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from llmprep.judge.boundary import VARIATIONS, Boundary, Subject
from llmprep.judge.candidate import CandidateProblem, describe_exception, load
from llmprep.judge.cost import measure
from llmprep.judge.forbidden import Forbidden
from llmprep.judge.probes import Probe, Tools, probe_seed


@dataclass(frozen=True)
class RunKey:
    """Which probe in which variation."""

    probe: str
    variation: str


@dataclass
class Run:
    """What one run of one probe gave: a value, or a problem with its detail."""

    key: RunKey
    value: Any = None
    problem: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    modules: list[dict[str, Any]] = field(default_factory=list)
    mutated: list[str] = field(default_factory=list)
    forbidden: list[dict[str, Any]] = field(default_factory=list)
    floats: bool = False


def load_probes(path: Path) -> list[Probe]:
    """The probes of one drill, in the order of the file."""
    module = load(path.read_bytes(), str(path), f"llmprep_probes_{path.parent.name.replace('-', '_')}")
    sys.modules.pop(module.__name__, None)
    return [value for value in vars(module).values() if isinstance(value, Probe)]


class Runner:
    """One implementation under one seed."""

    def __init__(
        self,
        probes: list[Probe],
        namespace: types.ModuleType,
        filename: str,
        seed: int,
        forbidden: tuple[str, ...] = (),
    ):
        self.probes = {probe.id: probe for probe in probes}
        self.namespace = namespace
        self._filename = filename
        self._seed = seed
        self._forbidden = forbidden

    def keys(self) -> Iterator[RunKey]:
        """The base run of every probe. What follows depends on what these saw: see `variations`."""
        for name in self.probes:
            yield RunKey(name, "base")

    def variations(self, base: dict[str, Run]) -> Iterator[RunKey]:
        """The further runs, all probes of one variation before the next; none for a probe that fails plainly."""
        for variation in VARIATIONS[1:]:
            for name, probe in self.probes.items():
                if applies(probe, variation) and base[name].floats and base[name].problem is None:
                    yield RunKey(name, variation)

    def run(self, key: RunKey) -> Run:
        """Run one probe in one variation; whatever the candidate raises becomes a problem."""
        probe = self.probes[key.probe]
        forbidden = Forbidden(self._forbidden, self._filename)
        boundary = Boundary(self.namespace, self._filename, key.variation, probe.mutates, forbidden)
        tools = Tools(probe_seed(self._seed, probe.id), boundary)
        run = Run(key)
        _fresh_state(self._seed)
        try:
            value = probe.function(Subject(boundary), tools)
            run.value = boundary.gradients(value) if key.variation.startswith("gradient") else value
        except CandidateProblem as problem:
            run.problem, run.detail = problem.problem, problem.detail
        except BaseException as error:
            run.problem = _problem_of(error)
            run.detail = describe_exception(error, self._filename)
        run.modules, run.mutated = boundary.modules, boundary.mutated
        run.forbidden, run.floats = forbidden.hits, boundary.floats_seen
        return run

    def cost(self) -> dict[str, int] | None:
        """What the first probe costs, for showing beside the reference's; None if it fails."""
        probe = next(iter(self.probes.values()))
        boundary = Boundary(self.namespace, self._filename)
        tools = Tools(probe_seed(self._seed, probe.id), boundary)
        _fresh_state(self._seed)
        try:
            with boundary.quiet():
                return measure(lambda: probe.function(Subject(boundary), tools))
        except BaseException:
            return None


def applies(probe: Probe, variation: str) -> bool:
    """Whether a probe takes part in a variation, by what it opted out of."""
    if variation == "base":
        return True
    if probe.random:
        return False
    if variation.startswith("gradient"):
        return not probe.no_grad
    return probe.dtypes or variation == "layout"


def _problem_of(error: BaseException) -> str:
    if isinstance(error, NotImplementedError):
        return "missing"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RuntimeError) and "allocate memory" in str(error):
        return "memory"
    return "exception"


def _fresh_state(seed: int) -> None:
    """Undo what a candidate may have left behind in torch's global state."""
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(seed)
