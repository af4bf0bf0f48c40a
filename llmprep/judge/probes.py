"""What authors of hidden tests write with: the `probe` decorator and the `Tools` it hands to a probe.

A probe drives *an* implementation with generated inputs and returns what it saw: nested lists, dicts,
tensors, numbers, strings, None. It never judges: the same probe runs against the candidate, the
reference and every known mistake, and the referee compares what each returned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from llmprep.judge.boundary import Boundary, unwrap
from llmprep.judge.candidate import CandidateProblem
from llmprep.judge.cost import measure
from llmprep.judge.parameters import describe, fill
from llmprep.judge.proxies import ClassProxy, InstanceProxy
from llmprep.judge.values import canonical

RankCall = Callable[[int, Callable[[int, int], Any]], list[Any]]
ProbeFunction = Callable[[Any, "Tools"], Any]


@dataclass(frozen=True)
class Probe:
    """A hidden test: its function, its title, and the variations it opts out of.

    Attributes:
        names: what the task calls the arguments of its functions (see `runner.load_probes`), for `mutates`.
    """

    id: str
    function: ProbeFunction
    en: str
    zh: str
    mutates: tuple[str, ...] = ()
    random: bool = False
    no_grad: bool = False
    dtypes: bool = True
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def probe(
    *,
    en: str,
    zh: str,
    mutates: str | Sequence[str] = (),
    random: bool = False,
    no_grad: bool = False,
    dtypes: bool = True,
) -> Callable[[ProbeFunction], Probe]:
    """Declare a hidden test; its id is the function's name.

    Args:
        en, zh: what it looks at, as the learner reads it in the list of results.
        mutates: names of arguments that the candidate is meant to change in place.
        random: the outputs are random, so only their law is compared and no variation applies.
        no_grad: gradients are not part of the task here.
        dtypes: False where other floating types than float32 are not part of the task.
    """

    def declare(function: ProbeFunction) -> Probe:
        names = (mutates,) if isinstance(mutates, str) else tuple(mutates)
        return Probe(function.__name__.replace("_", "-"), function, en, zh, names, random, no_grad, dtypes)

    return declare


class Tools:
    """Seeded inputs and instruments for one run of one probe.

    The same seed gives the same inputs to the candidate, the reference and every mistake. Tensors are
    float32; the variations (other dtypes, other layout, gradients) happen where the probe calls the
    candidate, not here.
    """

    lead = (2, 3)
    """Extra leading dimensions for functions that act on the last axes: `t.randn(*t.lead, 5, 8)`."""

    def __init__(self, seed: int, boundary: Boundary, ranks: RankCall | None = None):
        self._generator = torch.Generator().manual_seed(seed)
        self._boundary = boundary
        self._seed = seed
        self._ranks = ranks

    def randn(self, *shape: int, scale: float = 1.0, shift: float = 0.0) -> Tensor:
        """Normal values with standard deviation `scale` around `shift`, float32."""
        return torch.randn(shape, generator=self._generator) * scale + shift

    def rand(self, *shape: int, low: float = 0.0, high: float = 1.0) -> Tensor:
        """Uniform values in [low, high), float32."""
        return torch.rand(shape, generator=self._generator) * (high - low) + low

    def randint(self, low: int, high: int, *shape: int) -> Tensor:
        """Integers in [low, high), int64."""
        return torch.randint(low, high, shape, generator=self._generator)

    def integer(self, low: int, high: int) -> int:
        """One integer in [low, high)."""
        return int(self.randint(low, high, 1).item())

    def choice(self, options: Sequence[Any]) -> Any:
        """One of `options`."""
        return options[self.integer(0, len(options))]

    def mask(self, *shape: int, keep: float = 0.6) -> Tensor:
        """A boolean mask; every row along the last axis keeps at least one True and, if it can, one False."""
        mask = torch.rand(shape, generator=self._generator) < keep
        flat = mask.view(-1, shape[-1])
        if flat.numel():
            columns = torch.randint(shape[-1], (flat.size(0), 1), generator=self._generator)
            flat.scatter_(1, columns, True)
            if shape[-1] > 1:
                flat.scatter_(1, (columns + 1) % shape[-1], False)
        return mask

    def module(self, cls: Any, *args: Any, **kwargs: Any) -> Any:
        """Build a module of the candidate and fill its parameters by name and shape.

        Names, shapes, `requires_grad` and tied groups go into the comparison with the reference. Filling
        makes implementations with different initial values comparable; buffers are never filled.
        """
        if isinstance(cls, ClassProxy):
            raw, name = self._boundary.construct(cls.raw, cls.name, args, kwargs), cls.name
        else:  # a function that makes one
            raw, name = unwrap(cls(*args, **kwargs)), "module"
        self._boundary.modules.append(describe(raw))
        fill(raw, self._seed)
        reseeded = self._boundary.variation == "reseeded"
        torch.default_generator.manual_seed(self._seed + 1 if reseeded else self._seed)
        self._boundary.adopt(raw, filled=True)
        return InstanceProxy(self._boundary, raw, name)

    def cost(self, function: Callable[[], Any], **limits: float) -> dict[str, Any]:
        """Measure `function()`: bytes, FLOPs, operator calls.

        `limits` name what is part of the task (`largest`, `peak`, `flops`, `operators`) and how many times
        the reference's own figure is allowed: `t.cost(step, flops=1.2)`. They hold in the plain run only: a
        right answer may compute in float32 what comes in bfloat16, or copy what is not contiguous.
        """
        with self._boundary.quiet():
            figures = measure(function)
        return {"$cost": figures, "limits": dict(limits) if self._boundary.variation == "base" else {}}

    def ranks(self, n: int, function: Callable[[int, int], Any]) -> list[Any]:
        """What `function(rank, n)` returns in each of n real processes of one gloo group, by rank.

        Everything before the call is the same in all processes, inputs included. The drill names the sizes
        that its probes use (`ranks: [2, 3]` in drill.yaml). Gradients do not come back from ranks: compute
        them inside `function`.
        """
        assert self._ranks is not None, "there are no ranks here"
        return self._ranks(n, function)

    def stages(self, module: Any, names: Sequence[str], function: Callable[[], Any]) -> Any:
        """Call `function()` and note what submodules gave: `names` are their paths, in the order they run.

        Only the result is compared. Where it differs, the first stage that differs too is told: a whole
        model fails somewhere. A candidate who builds a stage otherwise loses nothing but this hint.
        """
        if self._boundary.variation.startswith("gradient"):  # a gradient has no stages
            return function()
        outputs: dict[str, Any] = {}
        with ExitStack() as stack:
            for name in names:
                with suppress(AttributeError):
                    part = unwrap(module).get_submodule(name)
                    stack.callback(part.register_forward_hook(_noting(outputs, name)).remove)
            result = function()
        return {"$stages": outputs, "result": result}

    def law(self, function: Callable[[], Any], n: int) -> dict[str, Any]:
        """Call `function` n times and count its outcomes; laws are compared by a two-sample test."""
        counts: dict[str, int] = {}
        with self._boundary.quiet():
            for _ in range(n):
                outcome = repr(function())
                counts[outcome] = counts.get(outcome, 0) + 1
        return {"$law": counts}

    def raises(self, function: Callable[[], Any], kind: type[BaseException] = ValueError) -> str | bool:
        """True if `function()` raises `kind`, the name of what it raised instead, or False.

        A function that is not written, missing, or cannot be called like that did not raise anything.
        """
        try:
            function()
        except CandidateProblem:
            raise
        except NotImplementedError:
            if kind is NotImplementedError:
                return True
            raise
        except kind:
            return True
        except Exception as error:
            return type(error).__name__
        return False


def _noting(outputs: dict[str, Any], name: str) -> Callable[[Any, Any, Any], None]:
    """A forward hook that keeps the first output of a stage."""

    def note(module: Any, arguments: Any, output: Any) -> None:
        if name not in outputs:
            outputs[name] = canonical(output)

    return note


def probe_seed(seed: int, probe_id: str) -> int:
    """A seed of its own for each probe, so that adding a probe does not move the others' inputs."""
    digest = hashlib.blake2b(f"{seed}:{probe_id}".encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")
