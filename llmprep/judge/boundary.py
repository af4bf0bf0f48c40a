"""The line between a probe and the implementation it drives: every call crosses it here.

Because the variations are applied at the call, they reach derived and literal arguments too: whatever
the probe hands over is cast, laid out differently or made to require a gradient, and looked at
afterwards to see whether the candidate changed it.
"""

from __future__ import annotations

import copy
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from llmprep.judge.candidate import CandidateProblem, load, source_of, touches
from llmprep.judge.forbidden import Forbidden
from llmprep.judge.parameters import trainable
from llmprep.judge.signatures import in_words, positional_names, signature
from llmprep.judge.snapshots import changed, snapshot

if TYPE_CHECKING:
    from llmprep.judge.runner import Run

VARIATIONS = ("base", "float64", "bfloat16", "layout", "gradient")
EXPERIMENTS = ("fresh", "reseeded")
"""Runs that no one must pass, for what they say of one that failed: every call on a newly loaded file or a
new copy of its object; the same with another state of torch's global generator."""
MOST_MASKS = 4
NEARBY = ("~1", "~2")
"""Runs in float64 on inputs that differ by a last digit of another dtype: `float64 near bfloat16~1`."""


class Wrapper:
    """What stands before an object of the candidate's, so that the probe's calls cross the boundary."""

    raw: Any


class Boundary:
    """One run of one probe: what the variation does to each call, and what was seen on the way.

    Args:
        mutates: names of arguments that the task wants changed in place.
        names: what the task calls arguments (`name` or `Class.method` → names in order); what it does not
            list has the names that the candidate gave.
    """

    def __init__(
        self,
        namespace: types.ModuleType,
        filename: str,
        variation: str = "base",
        mutates: tuple[str, ...] = (),
        names: Mapping[str, tuple[str, ...]] | None = None,
        forbidden: Forbidden | None = None,
    ):
        self.namespace = namespace
        self.filename = filename
        self.variation = variation
        self.modules: list[dict[str, Any]] = []
        self.mutated: dict[str, str] = {}
        self.floats_seen = False
        self._mutates = mutates
        self._names = names or {}
        self._forbidden = forbidden
        self._dtype, self._nudge = _how(variation)
        self._differentiate = variation.startswith("gradient")
        self._filled: list[nn.Module] = []
        self._lent: dict[str, nn.Module] = {}
        self._as_built: dict[int, tuple[Any, Any]] = {}
        self.masks: list[Tensor] = []
        self._leaves: dict[str, Tensor] = {}
        self._varied: dict[tuple[int, int], tuple[Tensor, Tensor]] = {}
        self._calls = 0
        self._quiet = False

    # -------------------------------------------------------------- calls

    def call(
        self, function: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call the candidate's `function` the way this variation wants it.

        Args:
            name: what the probe knows it as: `attention`, `KVCache.update`.
        """
        own_names = positional_names(function)
        known_names = self._names.get(name, own_names)
        shared = {
            str(i) for i in range(len(args)) if i < len(known_names) and known_names[i] in self._mutates
        }
        shared |= {keyword for keyword in kwargs if keyword in self._mutates}
        prefix = f"call{self._calls}"
        self._calls += 1
        places = {str(i): argument for i, argument in enumerate(args)} | kwargs
        given = {
            place: self._share(argument) if place in shared else self._vary(argument, f"{prefix}.{place}")
            for place, argument in places.items()
        }
        positional, named = (
            tuple(given[str(i)] for i in range(len(args))),
            {key: given[key] for key in kwargs},
        )
        if self.variation in EXPERIMENTS:
            function = self._as_new(function, name)
        with self._forbidden.watching() if self._forbidden and self.variation == "base" else nullcontext():
            if self._quiet or self.variation != "base":
                return self._invoke(function, name, positional, named)
            before = {place: snapshot(argument) for place, argument in given.items() if place not in shared}
            result = self._invoke(function, name, positional, named)
        for place, earlier in before.items():
            if changed(given[place], earlier):
                called = own_names[int(place)] if place.isdigit() and int(place) < len(own_names) else place
                self.mutated.setdefault(f"{name}.{place}", called)
        return result

    def _invoke(
        self, function: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Call it; a call that cannot even begin is a problem of its own, not the learner's exception."""
        try:
            return function(*args, **kwargs)
        except NotImplementedError as error:
            if touches(error, self.filename):
                raise
            raise CandidateProblem("missing", {"what": "name", "name": name}) from error
        except TypeError as error:
            found = None if touches(error, self.filename) else signature(function)
            if found is None:
                raise
            try:
                found.bind(*args, **kwargs)
            except TypeError as mismatch:
                detail = {"name": name, "accepts": in_words(found), "message": str(mismatch)}
                raise CandidateProblem("signature", detail) from error
            raise

    # ------------------------------------------------------- construction

    def construct(
        self, cls: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Build an object of the candidate's class; arguments are handed over as they are.

        Only modules among them are cast, because a cast of the whole does not reach a child that is not
        registered.
        """
        given = tuple(self._share_module(arg) for arg in args)
        return self._invoke(cls, name, given, {key: self._share_module(arg) for key, arg in kwargs.items()})

    def adopt(self, instance: Any, filled: bool) -> None:
        """Take a constructed object into this run's variation; if `filled`, its gradients are compared."""
        if self.variation in EXPERIMENTS:
            self._as_built[id(instance)] = (instance, copy.deepcopy(instance))
        if isinstance(instance, nn.Module):
            self.floats_seen = self.floats_seen or any(True for _ in instance.parameters())
            if self._dtype is not None:
                instance.to(self._dtype)
                for parameter in instance.parameters():
                    parameter.data = self._nudge(parameter.data)
            if filled:
                self._filled.append(instance)

    def _as_new(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The same function without what earlier calls may have left behind."""
        owner = getattr(function, "__self__", function)
        again: Callable[..., Any]
        if id(owner) in self._as_built:
            copied = copy.deepcopy(self._as_built[id(owner)][1])
            again = copied if owner is function else getattr(copied, name.rpartition(".")[2])
        else:
            loaded = load(source_of(self.namespace), self.filename, self.namespace.__name__)
            again = getattr(loaded, name, function)
        return again

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Suspend looking at inputs, where looking would be measured or repeated many times."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    # ---------------------------------------------------------------- ranks

    def tell(self, run: Run) -> None:
        """Put what was seen here into the run that a rank sends."""
        run.modules, self.modules = self.modules, []  # the next call of this run tells the rest
        run.mutated, run.floats = dict(self.mutated), self.floats_seen
        run.forbidden = list(self._forbidden.hits) if self._forbidden else []

    def hear(self, run: Run) -> None:
        """Take over what a rank saw."""
        self.modules.extend(run.modules)
        self.mutated.update(run.mutated)
        self.floats_seen = self.floats_seen or run.floats
        if self._forbidden is not None:
            known = {hit["name"] for hit in self._forbidden.hits}
            self._forbidden.hits.extend(hit for hit in run.forbidden if hit["name"] not in known)

    # ---------------------------------------------------------- variations

    def _vary(self, value: Any, path: str) -> Any:
        """What the candidate gets instead of `value`; in the plain run the very same object."""
        value = unwrap(value)
        if isinstance(value, Tensor):
            return self._vary_tensor(value, path)
        if isinstance(value, nn.Module):
            return self._lend(value, path)
        if isinstance(value, tuple | list):
            elements = [self._vary(element, f"{path}.{i}") for i, element in enumerate(value)]
            return value if self.variation == "base" else _like(value, elements)
        if isinstance(value, dict):
            entries = {key: self._vary(element, f"{path}.{key}") for key, element in value.items()}
            return value if self.variation == "base" else entries
        return value

    def _vary_tensor(self, tensor: Tensor, path: str) -> Tensor:
        if tensor.dtype == torch.float32:
            self.floats_seen = True
        if self.variation == "base":
            if tensor.dtype == torch.bool and len(self.masks) < MOST_MASKS:
                self.masks.append(tensor.clone())
            return tensor
        # the same tensor handed over twice stays one tensor, unless the probe changed it in between
        identity = (id(tensor), tensor._version)
        known = self._varied.get(identity)
        if known is not None:
            return known[1]
        varied = self._cast(tensor)
        if self._differentiate and varied.is_floating_point() and not varied.requires_grad:
            varied = varied.detach().clone().requires_grad_(True)
            self._leaves[path] = varied
        self._varied[identity] = (tensor, varied)
        return varied

    def _cast(self, tensor: Tensor) -> Tensor:
        if tensor.is_leaf and tensor.grad is not None:  # an optimiser reads the gradient off the parameter
            leaf = self._laid_out(tensor.detach()).clone().requires_grad_(tensor.requires_grad)
            leaf.grad = self._laid_out(tensor.grad)
            return leaf
        return self._laid_out(tensor)

    def _laid_out(self, tensor: Tensor) -> Tensor:
        if self._dtype is not None and tensor.dtype == torch.float32:
            return self._nudge(tensor.to(self._dtype))
        # ids and labels come contiguous from wherever they come, and `targets.view(-1)` is how they are read
        scattered = self.variation == "layout" and tensor.is_floating_point()
        return _scattered(tensor) if scattered else tensor

    def _lend(self, module: nn.Module, path: str) -> nn.Module:
        """A module that the probe made itself and hands over: cast, its parameters' gradients compared."""
        if self._dtype is not None:
            module.to(self._dtype)
        if self._differentiate and all(module is not own for own in self._filled):
            self._lent.setdefault(path, module)
        return module

    def _share(self, value: Any) -> Any:
        """An argument that the task wants changed: the caller's own object, cast where it lies."""
        value = unwrap(value)
        for tensor in _tensors(value):
            if tensor.dtype == torch.float32:
                self.floats_seen = True
            if not tensor._is_view():  # a view that gets memory of its own would lose its base
                gradient, tensor.grad = (tensor.grad, None) if tensor.is_leaf else (None, None)
                tensor.data = self._laid_out(tensor.detach())
                tensor.grad = None if gradient is None else self._laid_out(gradient)
        return value

    def _share_module(self, value: Any) -> Any:
        value = unwrap(value)
        return value.to(self._dtype) if isinstance(value, nn.Module) and self._dtype is not None else value

    def gradients(self, output: Any) -> dict[str, Tensor]:
        """Gradients of a fixed random projection of `output` for every leaf and every filled parameter.

        What received no gradient has a gradient of zero: implementations differ in whether they say None.
        """
        targets: dict[str, Tensor] = dict(self._leaves)
        modules = {f"module{index}": module for index, module in enumerate(self._filled)} | self._lent
        for prefix, module in modules.items():
            targets |= {f"{prefix}.{name}": parameter for name, parameter in trainable(module)}
        loss = _projection(output)
        if loss is None or not targets:
            return {name: torch.zeros_like(target) for name, target in targets.items()}
        found = torch.autograd.grad(loss, list(targets.values()), allow_unused=True)
        return {
            name: torch.zeros_like(target) if gradient is None else gradient.detach()
            for (name, target), gradient in zip(targets.items(), found, strict=True)
        }


# ------------------------------------------------------------------ helpers


def nearby(variation: str) -> list[str]:
    """The runs that show how far a last digit of the inputs moves the exact result of a variation."""
    exactly = "gradient64" if variation == "gradient" else "float64"
    digit = "bfloat16" if variation == "bfloat16" else "float32"
    return [f"{exactly} near {digit}{which}" for which in NEARBY]


def _how(variation: str) -> tuple[torch.dtype | None, Callable[[Tensor], Tensor]]:
    """The dtype in which a variation hands floats over, and what else it does to them."""
    exactly, _, digit = variation.partition(" near ")
    dtype = torch.float64 if exactly in ("float64", "gradient64") else None
    dtype = torch.bfloat16 if exactly == "bfloat16" else dtype
    if not digit:
        return dtype, lambda tensor: tensor
    name, _, which = digit.partition("~")
    half = torch.finfo(getattr(torch, name)).eps / 2
    generator = torch.Generator().manual_seed(int(which))
    return dtype, lambda tensor: tensor * (1 + half * _signs(tensor.shape, generator))


def _signs(shape: torch.Size, generator: torch.Generator) -> Tensor:
    return torch.randint(0, 2, shape, generator=generator, dtype=torch.float64) * 2 - 1


def unwrap(value: Any) -> Any:
    """The value with the candidate's own objects instead of wrappers; the same object if it has none."""
    if isinstance(value, Wrapper):
        return value.raw
    if isinstance(value, tuple | list):
        elements = [unwrap(element) for element in value]
        same = all(new is old for new, old in zip(elements, value, strict=True))
        return value if same else _like(value, elements)
    if isinstance(value, dict):
        entries = {key: unwrap(element) for key, element in value.items()}
        return value if all(entries[key] is value[key] for key in value) else entries
    return value


def _like(original: Any, elements: list[Any]) -> Any:
    """A sequence of the same kind with other elements."""
    kind = type(original)
    return kind(*elements) if hasattr(original, "_fields") else kind(elements)


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, tuple | list):
        return [tensor for element in value for tensor in _tensors(element)]
    if isinstance(value, dict):
        return [tensor for element in value.values() for tensor in _tensors(element)]
    return []


def _parts(value: Any) -> list[Any]:
    """Everything in it that is no container: a number counts like the tensor that it may stand for."""
    if isinstance(value, tuple | list):
        return [part for element in value for part in _parts(element)]
    if isinstance(value, dict):
        return [part for element in value.values() for part in _parts(element)]
    return [value]


def _scattered(tensor: Tensor) -> Tensor:
    """The same values in memory that is not contiguous."""
    if tensor.dim() >= 2 and tensor.shape[-1] > 1 and tensor.shape[-2] > 1:
        return tensor.transpose(-1, -2).contiguous().transpose(-1, -2)
    if tensor.dim() >= 1 and tensor.numel() > 1:
        return torch.stack((tensor, tensor), dim=-1)[..., 0]
    return tensor


def _projection(output: Any) -> Tensor | None:
    """Σ outputᵢ · wᵢ with fixed random weights, in float64 so that adding adds no noise of its own."""
    total: Tensor | None = None
    for index, tensor in enumerate(_parts(output)):
        if not isinstance(tensor, Tensor) or not tensor.requires_grad:
            continue
        real = torch.view_as_real(tensor) if tensor.is_complex() else tensor
        generator = torch.Generator().manual_seed(7919 + index)
        weights = torch.randn(real.shape, generator=generator, dtype=torch.float64)
        term = (real.double() * weights).sum()
        total = term if total is None else total + term
    return total
