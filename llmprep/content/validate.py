"""Turns files into items, or into problems with file, line and the mend.

The shape of each item is checked by pydantic against the dataclasses of `items.py`; what no type can
say (a choice question has one right choice, a talk fits its clock) is in `rules.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from llmprep.content import items
from llmprep.content.problems import Problem
from llmprep.content.yaml_source import Source, read

ItemT = TypeVar("ItemT")


@cache
def _adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def load(path: Path, cls: type[ItemT]) -> tuple[ItemT | None, Source | None, list[Problem]]:
    """Read `path` as one `cls`. The item is None when there are problems."""
    source, problems = read(path)
    if source is None:
        return None, None, problems
    item, found = check_shape(source, source.data, cls, ())
    problems += found
    return (None if problems else item), source, problems


def load_list(path: Path, cls: type[ItemT]) -> tuple[tuple[ItemT, ...], Source | None, list[Problem]]:
    """Read `path` as a list of `cls`; an empty file is an empty list."""
    source, problems = read(path)
    if source is None:
        return (), None, problems
    data = [] if source.data is None else source.data
    found_items, found = check_shape(source, data, tuple[cls, ...], ())  # type: ignore[valid-type]
    problems += found
    return (() if problems else found_items), source, problems


def check_shape(source: Source, data: Any, cls: Any, at: tuple[str | int, ...]) -> tuple[Any, list[Problem]]:
    """Validate nested `data` found at `at` in `source`, reporting every fault at its own line."""
    try:
        return _adapter(cls).validate_python(data), []
    except ValidationError as errors:
        problems = [_problem(source, dict(error), at, cls) for error in errors.errors(include_url=False)]
        return None, sorted(set(problems))


def _problem(source: Source, error: dict[str, Any], at: tuple[str | int, ...], cls: Any) -> Problem:
    location = (*at, *error["loc"])
    line = source.line(location)
    name = ".".join(str(step) for step in location) or "the file"
    kind, given = error["type"], error.get("input")
    match kind:
        case "missing" | "missing_argument":
            return Problem(source.path, line, f"'{name}' is missing", "add it")
        case "unexpected_keyword_argument" | "extra_forbidden":
            return Problem(
                source.path, line, f"'{name}' is not a known key", _did_you_mean(str(location[-1]), cls)
            )
        case "literal_error":
            return Problem(
                source.path, line, f"'{name}' is {given!r}", f"it must be {error['ctx']['expected']}"
            )
        case "string_type":
            shown = "empty" if given is None else repr(given)
            return Problem(
                source.path,
                line,
                f"'{name}' is {shown}",
                "write text there, in quotes if it looks like a number",
            )
        case "dataclass_type" | "tuple_type" | "dict_type":
            wanted = {"tuple_type": "a list", "dict_type": "a mapping"}.get(kind, "a mapping of named keys")
            shown = "empty" if given is None else f"a {type(given).__name__}"
            return Problem(source.path, line, f"'{name}' is {shown}", f"it must be {wanted}")
    return Problem(
        source.path,
        line,
        f"'{name}': {error['msg'][0].lower()}{error['msg'][1:]} (it is {given!r})",
        "correct it",
    )


def _did_you_mean(name: str, cls: Any) -> str:
    import dataclasses
    import difflib

    known = {field.name for candidate in items.all_classes() for field in dataclasses.fields(candidate)}
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'?" if close else "remove it or see CONTRIBUTING.md for the keys"
