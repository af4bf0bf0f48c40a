"""What a callable's arguments are called, and whether a call fits it."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable
from typing import Any

from torch import nn

MAX_TEXT = 200
_MODULE_PREFIX = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")


def signature(function: Callable[..., Any]) -> inspect.Signature | None:
    """The signature as the caller sees it, without `self`; None where Python does not know it."""
    target = function.forward if isinstance(function, nn.Module) else function
    try:
        return inspect.signature(target)
    except (TypeError, ValueError):
        return None


def in_words(found: inspect.Signature | None) -> str:
    """A signature as one writes it: without `self`, classes without their modules, short enough to read."""
    if found is None:
        return ""
    kept = [parameter for name, parameter in found.parameters.items() if name != "self"]
    text = _MODULE_PREFIX.sub("", str(found.replace(parameters=kept)))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def positional_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Names of the arguments that can be given by position, in order, without `self`."""
    found = signature(function)
    if found is None:
        return ()
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [name for name, parameter in found.parameters.items() if parameter.kind in by_position]
    return tuple(name for name in names if name != "self")


def argument_names(namespace: types.ModuleType) -> dict[str, tuple[str, ...]]:
    """For every function and method that a module defines: `name` or `Class.name` → its arguments' names."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in vars(namespace).items():
        if getattr(value, "__module__", None) != namespace.__name__:
            continue
        if isinstance(value, type):
            for method, function in vars(value).items():
                if isinstance(function, types.FunctionType):
                    found[f"{name}.{method}"] = positional_names(function)
        elif callable(value):
            found[name] = positional_names(value)
    return found
