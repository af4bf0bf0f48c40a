"""The line between a probe and the implementation it drives: every call crosses it here.

Because the variations are applied at the call, they reach derived and literal arguments too: whatever
the probe hands over is cast, laid out differently or made to require a gradient, and looked at
afterwards to see whether the candidate changed it.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from llmprep.judge.candidate import CandidateProblem, touches
from llmprep.judge.forbidden import Forbidden
from llmprep.judge.parameters import trainable

VARIATIONS = ("base", "float64", "bfloat16", "layout", "gradient")
_DTYPES = {"float64": torch.float64, "gradient64": torch.float64, "bfloat16": torch.bfloat16}


class Boundary:
    """One run of one probe: what the variation does to each call, and what was seen on the way."""

    def __init__(
        self,
        namespace: types.ModuleType,
        filename: str,
        variation: str = "base",
        mutates: tuple[str, ...] = (),
        forbidden: Forbidden | None = None,
    ):
        self.namespace = namespace
        self.filename = filename
        self.variation = variation
        self.modules: list[dict[str, Any]] = []
        self.mutated: list[str] = []
        self.floats_seen = False
        self._mutates = mutates
        self._forbidden = forbidden
        self._dtype = _DTYPES.get(variation)
        self._differentiate = variation.startswith("gradient")
        self._filled: list[nn.Module] = []
        self._leaves: dict[str, Tensor] = {}
        self._varied: dict[int, tuple[Tensor, Tensor]] = {}
        self._calls = 0
        self._quiet = False

    # -------------------------------------------------------------- calls

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the candidate's `function` the way this variation wants it."""
        names = _argument_names(function, len(args))
        exempt = {i for i, name in enumerate(names) if name in self._mutates}
        prefix = f"call{self._calls}"
        self._calls += 1
        given = tuple(
            _unwrap(arg) if i in exempt else self._vary(arg, f"{prefix}.{i}") for i, arg in enumerate(args)
        )
        named = {
            name: _unwrap(arg) if name in self._mutates else self._vary(arg, f"{prefix}.{name}")
            for name, arg in kwargs.items()
        }
        if self._quiet or self.variation != "base":
            return self._invoke(function, given, named)
        watched = [(names[i], arg) for i, arg in enumerate(given) if i not in exempt]
        watched += [(name, arg) for name, arg in named.items() if name not in self._mutates]
        before = [(name, tensor, tensor.detach().clone()) for name, arg in watched for tensor in _tensors(arg)]
        with self._forbidden.watching() if self._forbidden else nullcontext():
            result = self._invoke(function, given, named)
        for name, tensor, copy in before:
            if not _identical(tensor.detach(), copy) and name not in self.mutated:
                self.mutated.append(name)
        return result

    def _invoke(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return function(*args, **kwargs)
        except TypeError as error:
            if touches(error, self.filename):
                raise
            signature = _signature(function)
            try:
                if signature is not None:
                    signature.bind(*args, **kwargs)
            except TypeError as mismatch:
                detail = {"name": _name(function), "accepts": str(signature), "message": str(mismatch)}
                detail["given"] = [len(args), sorted(kwargs)]
                raise CandidateProblem("signature", detail) from error
            raise

    # ------------------------------------------------------- construction

    def construct(self, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Build the candidate's class; its constructor gets copies of nothing and gradients for nothing."""
        raw = cls.raw if isinstance(cls, ClassProxy) else cls
        return self._invoke(raw, tuple(map(_unwrap, args)), {name: _unwrap(arg) for name, arg in kwargs.items()})

    def adopt(self, instance: Any, filled: bool = True) -> InstanceProxy:
        """Hand a constructed object to the probe, its calls crossing this boundary."""
        if isinstance(instance, nn.Module):
            self.floats_seen = self.floats_seen or any(True for _ in instance.parameters())
            if self._dtype is not None:
                instance.to(self._dtype)
            if filled:
                self._filled.append(instance)
        return InstanceProxy(self, instance)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Suspend looking at inputs, where looking would be measured or repeated many times."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    # ---------------------------------------------------------- variations

    def _vary(self, value: Any, path: str) -> Any:
        if isinstance(value, Tensor):
            return self._vary_tensor(value, path)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*(self._vary(element, f"{path}.{i}") for i, element in enumerate(value)))
        if isinstance(value, tuple | list):
            return type(value)(self._vary(element, f"{path}.{i}") for i, element in enumerate(value))
        if isinstance(value, dict):
            return {key: self._vary(element, f"{path}.{key}") for key, element in value.items()}
        if isinstance(value, nn.Module) and self._dtype is not None:
            return value.to(self._dtype)
        return _unwrap(value)

    def _vary_tensor(self, tensor: Tensor, path: str) -> Tensor:
        if tensor.dtype == torch.float32:
            self.floats_seen = True
        if self.variation == "base":
            return tensor
        known = self._varied.get(id(tensor))
        if known is not None:
            return known[1]
        varied = tensor
        if self._dtype is not None and tensor.dtype == torch.float32:
            varied = varied.to(self._dtype)
        if self.variation == "layout":
            varied = _scattered(varied)
        if self._differentiate and varied.is_floating_point() and not varied.requires_grad:
            varied = varied.detach().clone().requires_grad_(True)
            self._leaves[path] = varied
        self._varied[id(tensor)] = (tensor, varied)
        return varied

    def gradients(self, output: Any) -> dict[str, Tensor]:
        """Gradients of a fixed random projection of `output` for every leaf and every filled parameter.

        What received no gradient has a gradient of zero: implementations differ in whether they say None.
        """
        targets: dict[str, Tensor] = dict(self._leaves)
        for index, module in enumerate(self._filled):
            targets |= {f"module{index}.{name}": parameter for name, parameter in trainable(module)}
        loss = _projection(output)
        if loss is None or not targets:
            return {name: torch.zeros_like(target) for name, target in targets.items()}
        found = torch.autograd.grad(loss, list(targets.values()), allow_unused=True)
        return {
            name: torch.zeros_like(target) if gradient is None else gradient.detach()
            for (name, target), gradient in zip(targets.items(), found, strict=True)
        }


class Subject:
    """What a probe knows as `impl`: the candidate's module, its functions and classes behind the boundary."""

    def __init__(self, boundary: Boundary):
        self._boundary = boundary

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._boundary.namespace, name, None)
        if value is None:
            raise CandidateProblem("missing", {"what": "name", "name": name})
        if isinstance(value, type):
            return ClassProxy(self._boundary, value)
        if callable(value):
            return lambda *args, **kwargs: self._boundary.call(value, args, kwargs)
        return value


class ClassProxy:
    """A class of the candidate's; calling it gives an `InstanceProxy`."""

    def __init__(self, boundary: Boundary, raw: type):
        self.raw = raw
        self._boundary = boundary

    def __call__(self, *args: Any, **kwargs: Any) -> InstanceProxy:
        varied = tuple(self._cast(arg) for arg in args)
        instance = self._boundary.construct(self, varied, {name: self._cast(arg) for name, arg in kwargs.items()})
        return self._boundary.adopt(instance, filled=False)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.raw, name)
        if callable(value) and not isinstance(value, type):
            return lambda *args, **kwargs: self._boundary.call(value, args, kwargs)
        return value

    def _cast(self, value: Any) -> Any:
        if isinstance(value, nn.Module) and self._boundary._dtype is not None:
            return value.to(self._boundary._dtype)
        return value


class InstanceProxy:
    """An object of a candidate's class: its calls and own methods cross the boundary, the rest passes through."""

    def __init__(self, boundary: Boundary, raw: Any):
        object.__setattr__(self, "_boundary", boundary)
        object.__setattr__(self, "raw", raw)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._wrap(self._boundary.call(self.raw, args, kwargs))

    def __getattr__(self, name: str) -> Any:
        try:
            value = getattr(self.raw, name)
        except AttributeError:
            raise CandidateProblem("missing", {"what": "attribute", "name": f"{type(self.raw).__name__}.{name}"}) from None
        if isinstance(value, types.MethodType):
            code = getattr(value.__func__, "__code__", None)
            if code is not None and code.co_filename == self._boundary.filename:
                return lambda *args, **kwargs: self._wrap(self._boundary.call(value, args, kwargs))
            return lambda *args, **kwargs: self._wrap(value(*args, **kwargs))
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.raw, name, value)

    def _wrap(self, result: Any) -> Any:
        return self if result is self.raw else result


# ------------------------------------------------------------------ helpers


def _unwrap(value: Any) -> Any:
    if isinstance(value, InstanceProxy | ClassProxy):
        return value.raw
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return type(value)(_unwrap(element) for element in value)
    return value


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, tuple | list):
        return [tensor for element in value for tensor in _tensors(element)]
    if isinstance(value, dict):
        return [tensor for element in value.values() for tensor in _tensors(element)]
    return []


def _identical(left: Tensor, right: Tensor) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if torch.equal(left, right):
        return True
    return left.is_floating_point() and torch.equal(left.nan_to_num(), right.nan_to_num())


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
    for index, tensor in enumerate(_tensors(output)):
        if not tensor.is_floating_point() or not tensor.requires_grad:
            continue
        generator = torch.Generator().manual_seed(7919 + index)
        weights = torch.randn(tensor.shape, generator=generator, dtype=torch.float64)
        term = (tensor.double() * weights).sum()
        total = term if total is None else total + term
    return total


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    target = function.forward if isinstance(function, nn.Module) else function
    try:
        return inspect.signature(target)
    except (TypeError, ValueError):
        return None


def _name(function: Callable[..., Any]) -> str:
    if isinstance(function, nn.Module):
        return f"{type(function).__name__}.forward"
    return getattr(function, "__qualname__", str(function))


def _argument_names(function: Callable[..., Any], count: int) -> list[str]:
    signature = _signature(function)
    names = list(signature.parameters) if signature is not None else []
    return [names[i] if i < len(names) else str(i) for i in range(count)]
