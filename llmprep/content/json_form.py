"""Items as JSON and back: how the catalogue stores them. Nothing is checked here: it was when compiled."""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from typing import Any, TypeVar

ItemT = TypeVar("ItemT")


@cache
def _field_types(cls: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}


def _restore(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if dataclasses.is_dataclass(kind):
        return from_json(typing.cast(type, kind), value)
    origin = typing.get_origin(kind)
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_restore(inner, element) for element in value)
    if origin is dict:
        inner = typing.get_args(kind)[1]
        return {key: _restore(inner, element) for key, element in value.items()}
    if origin in (typing.Union, types.UnionType) and isinstance(value, dict):
        for option in typing.get_args(kind):
            if dataclasses.is_dataclass(option):
                return _restore(option, value)
    return value


def from_json(cls: type[ItemT], data: dict[str, Any]) -> ItemT:
    """Build `cls` from JSON that was validated when it was written; no checks are made here."""
    kinds = _field_types(typing.cast(Any, cls))
    return cls(**{name: _restore(kinds[name], value) for name, value in data.items()})


def to_json(item: Any) -> dict[str, Any]:
    """The inverse of `from_json`, leaving out what equals its default."""
    out: dict[str, Any] = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if field.default is not dataclasses.MISSING and value == field.default:
            continue
        if field.default_factory is not dataclasses.MISSING and not value:
            continue
        out[field.name] = _plain(value)
    return out


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return to_json(value)
    if isinstance(value, tuple | list):
        return [_plain(element) for element in value]
    if isinstance(value, dict):
        return {key: _plain(element) for key, element in value.items()}
    return value
