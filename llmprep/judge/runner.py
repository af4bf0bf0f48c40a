"""Runs every probe in every variation that applies, against one implementation."""

from __future__ import annotations

import dataclasses
import random
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from llmprep.judge.boundary import VARIATIONS, Boundary
from llmprep.judge.candidate import (
    CandidateProblem,
    describe_exception,
    forward_line,
    load,
    problem_of,
    source_of,
)
from llmprep.judge.cost import measure
from llmprep.judge.forbidden import Forbidden
from llmprep.judge.probes import Probe, Tools, probe_seed
from llmprep.judge.proxies import Subject
from llmprep.judge.signatures import argument_names
from llmprep.judge.values import canonical, is_odd

if TYPE_CHECKING:
    from llmprep.judge.rank_server import Part
    from llmprep.judge.ranks import RankRun, Ranks


@dataclass(frozen=True)
class RunKey:
    """Which probe in which variation."""

    probe: str
    variation: str


@dataclass
class Run:
    """What one run of one probe gave: a canonical value, or a problem with its detail.

    Attributes:
        modules: the parameter tables of the modules that the probe built, in order.
        mutated: arguments that were changed, by where they stood in the call → what they are called.
        forbidden: forbidden calls, each with its `name` and the learner's `line` (or None).
        floats: whether anything in floating point crossed the boundary.
        masks: boolean tensors that the candidate was given; kept in the process that ran it.
    """

    key: RunKey
    value: Any = None
    problem: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    modules: list[dict[str, Any]] = field(default_factory=list)
    mutated: dict[str, str] = field(default_factory=dict)
    forbidden: list[dict[str, Any]] = field(default_factory=list)
    floats: bool = False
    masks: list[Tensor] = field(default_factory=list)


def load_probes(path: Path) -> list[Probe]:
    """The probes of one drill, in the order of the file.

    Where a probe says `mutates`, the stub beside the file tells which arguments bear these names:
    candidates may call them otherwise.
    """
    module = load(path.read_bytes(), str(path), f"llmprep_probes_{path.parent.name.replace('-', '_')}")
    sys.modules.pop(module.__name__, None)
    probes = [value for value in vars(module).values() if isinstance(value, Probe)]
    stub = path.with_name("stub.py")
    if not any(probe.mutates for probe in probes) or not stub.exists():
        return probes
    names = argument_names(load(stub.read_bytes(), str(stub), "llmprep_stub"))
    sys.modules.pop("llmprep_stub", None)
    return [dataclasses.replace(probe, names=names) for probe in probes]


class Runner:
    """One implementation under one seed."""

    def __init__(
        self,
        probes: list[Probe],
        namespace: types.ModuleType,
        filename: str,
        seed: int,
        forbidden: tuple[str, ...] = (),
        ranks: Callable[[], Ranks] | None = None,
    ):
        self.probes = {probe.id: probe for probe in probes}
        self.namespace = namespace
        self._filename = filename
        self._seed = seed
        self._forbidden = forbidden
        self._ranks = ranks

    def keys(self) -> Iterator[RunKey]:
        """The base run of every probe. What follows depends on what these saw: see `variations`."""
        for name in self.probes:
            yield RunKey(name, "base")

    def variations(self, base: dict[str, Run]) -> Iterator[RunKey]:
        """The further runs, one variation after the other; none where the plain run gave nothing."""
        useful = {
            name for name, run in base.items() if run.floats and run.problem is None and not is_odd(run.value)
        }
        for variation in VARIATIONS[1:]:
            for name, probe in self.probes.items():
                if name in useful and applies(probe, variation):
                    yield RunKey(name, variation)

    def runs(self, announce: Callable[[RunKey], object] = lambda key: None) -> Iterator[Run]:
        """Every run that is owed, the base runs first; `announce` is told of each before it begins."""
        base: dict[str, Run] = {}
        for name in self.probes:
            key = RunKey(name, "base")
            announce(key)
            base[name] = self.run(key)
            yield base[name]
        for key in self.variations(base):
            announce(key)
            yield self.run(key)

    def run(self, key: RunKey, part: Part | None = None) -> Run:
        """Run one probe in one variation; whatever the candidate raises becomes a problem.

        Args:
            part: this process's part in `t.ranks`, if it is a rank itself.
        """
        forbidden = Forbidden(self._forbidden, self._filename)
        boundary = self._boundary(key, forbidden)
        run = Run(key)
        try:
            run.value = canonical(self._drive(key, boundary, part))
        except CandidateProblem as problem:
            run.problem, run.detail = problem.problem, problem.detail
        except BaseException as error:
            run.problem = problem_of(error)
            run.detail = describe_exception(error, self._filename)
            if key.variation.startswith("gradient") and "line" not in run.detail:
                retry = self._boundary(key, None)
                run.detail |= forward_line(lambda: self._drive(key, retry), self._filename)
        run.modules, run.mutated = boundary.modules, boundary.mutated
        run.forbidden, run.floats, run.masks = forbidden.hits, boundary.floats_seen, boundary.masks
        return run

    def described(self) -> tuple[bytes, dict[str, Any]]:
        """The implementation's text, and what else a rank needs to run the same probes with it."""
        job = {
            "probes": next(iter(self.probes.values())).function.__code__.co_filename,
            "filename": self._filename,
            "module": self.namespace.__name__,
            "seed": self._seed,
            "forbid": list(self._forbidden),
        }
        return source_of(self.namespace), job

    def cost(self) -> dict[str, int] | None:
        """What the first probe costs, for showing beside the reference's; None if it fails."""
        key = next(self.keys())
        boundary = self._boundary(key, None)
        try:
            with boundary.quiet():
                return measure(lambda: self._drive(key, boundary))
        except BaseException:
            return None

    def _boundary(self, key: RunKey, forbidden: Forbidden | None) -> Boundary:
        probe = self.probes[key.probe]
        return Boundary(self.namespace, self._filename, key.variation, probe.mutates, probe.names, forbidden)

    def _drive(self, key: RunKey, boundary: Boundary, part: Part | None = None) -> Any:
        probe = self.probes[key.probe]
        _fresh_state(self._seed + 1 if key.variation == "reseeded" else self._seed)
        calls = RankCalls(self, key, boundary, part, self._ranks)
        try:
            value = probe.function(
                Subject(boundary), Tools(probe_seed(self._seed, probe.id), boundary, calls)
            )
        finally:
            calls.close()
        return boundary.gradients(value) if key.variation.startswith("gradient") else value


class RankCalls:
    """`t.ranks` of one run: in the process that grades it asks ranks, in a rank it takes part."""

    def __init__(
        self,
        runner: Runner,
        key: RunKey,
        boundary: Boundary,
        part: Part | None,
        ranks: Callable[[], Ranks] | None,
    ):
        self._runner = runner
        self._key = key
        self._boundary = boundary
        self._part: Part | RankRun | None = part
        self._ranks = ranks

    def __call__(self, world: int, function: Callable[[int, int], Any]) -> list[Any]:
        if self._part is None:
            from llmprep.judge.ranks import RankRun, shared_ranks

            self._part = RankRun(self._ranks or shared_ranks, self._key)
        return self._part.call(world, function, self._runner, self._boundary)

    def close(self) -> None:
        """The run is over."""
        if self._part is not None:
            self._part.close()


def applies(probe: Probe, variation: str) -> bool:
    """Whether a probe takes part in a variation, by what it opted out of."""
    if variation == "base":
        return True
    if probe.random:
        return False
    if variation.startswith("gradient"):
        return not probe.no_grad
    return probe.dtypes or variation == "layout"


def _fresh_state(seed: int) -> None:
    """Undo what an earlier run may have left behind in global state."""
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    if torch.get_default_device().type != "cpu":
        torch.set_default_device(None)
    torch.default_generator.manual_seed(seed)
    random.seed(seed)
