"""What a probe holds in its hands: the candidate's module, classes and objects, each behind the boundary."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from typing import Any

from torch import nn

from llmprep.judge.boundary import Boundary, Wrapper, unwrap
from llmprep.judge.candidate import CandidateProblem, touches


class Subject:
    """What a probe knows as `impl`: the names that the candidate's file defines."""

    def __init__(self, boundary: Boundary):
        self._boundary = boundary

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._boundary.namespace, name, None)
        if value is None:
            raise CandidateProblem("missing", {"what": "name", "name": name})
        if isinstance(value, type):
            return ClassProxy(self._boundary, value, name)
        return _crossing(self._boundary, value, name) if callable(value) else value


class ClassProxy(Wrapper):
    """A class of the candidate's; calling it gives an `InstanceProxy` with its parameters as it made them."""

    def __init__(self, boundary: Boundary, raw: type, name: str):
        self.raw = raw
        self.name = name
        self._boundary = boundary

    def __call__(self, *args: Any, **kwargs: Any) -> InstanceProxy:
        instance = self._boundary.construct(self.raw, self.name, args, kwargs)
        self._boundary.adopt(instance, filled=False)
        return InstanceProxy(self._boundary, instance, self.name)

    def __getattr__(self, name: str) -> Any:
        value = _attribute(self._boundary, self.raw, name, self.name)
        if callable(value) and not isinstance(value, type):
            return _crossing(self._boundary, value, f"{self.name}.{name}")
        return value


class InstanceProxy(Wrapper):
    """An object of a candidate's class: its calls and own methods cross the boundary, the rest does not."""

    def __init__(self, boundary: Boundary, raw: Any, class_name: str):
        object.__setattr__(self, "_boundary", boundary)
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "_class_name", class_name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        method = "forward" if isinstance(self.raw, nn.Module) else "__call__"
        return self._wrap(self._boundary.call(self.raw, self._named(method), args, kwargs))

    def __getattr__(self, name: str) -> Any:
        value = _attribute(self._boundary, self.raw, name, self._class_name)
        if not isinstance(value, types.MethodType | types.FunctionType):
            return value
        if not _written_in(value, self._boundary.filename):
            return lambda *args, **kwargs: self._wrap(
                value(*map(unwrap, args), **{key: unwrap(argument) for key, argument in kwargs.items()})
            )
        return lambda *args, **kwargs: self._wrap(self._boundary.call(value, self._named(name), args, kwargs))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.raw, name, unwrap(value))

    def __len__(self) -> int:
        return len(self.raw)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.raw)

    def __getitem__(self, key: Any) -> Any:
        return self.raw[key]

    def _named(self, method: str) -> str:
        return f"{self._class_name}.{method}"

    def _wrap(self, result: Any) -> Any:
        return self if result is self.raw else result


def _crossing(boundary: Boundary, function: Callable[..., Any], name: str) -> Callable[..., Any]:
    return lambda *args, **kwargs: boundary.call(function, name, args, kwargs)


def _attribute(boundary: Boundary, owner: Any, name: str, owner_name: str) -> Any:
    try:
        return getattr(owner, name)
    except AttributeError as error:
        if touches(error, boundary.filename):  # a property of the learner's own that fails
            raise
        raise CandidateProblem("missing", {"what": "attribute", "name": f"{owner_name}.{name}"}) from None


def _written_in(function: Callable[..., Any], filename: str) -> bool:
    """Whether the learner wrote it, seen through decorators such as `torch.no_grad()`."""
    code = getattr(inspect.unwrap(getattr(function, "__func__", function)), "__code__", None)
    return code is not None and code.co_filename == filename
