"""Reading a file of `export progress`: every line is a sound event, or nothing is taken in."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from llmprep.memory.clock import YEARS
from llmprep.memory.records import Event
from llmprep.memory.rows import event_of, payload_text
from llmprep.practice.export_progress import FORMAT, VERSION
from llmprep.practice.import_problem import ImportProblem

_NAMES = ("uuid", "at", "day", "kind", "card", "rating", "revision", "retention", "voids", "payload")
_LONGEST_DAY = timedelta(days=2)
"""A learner's day and the instant in UTC are never further apart."""


def read_log(path: Path) -> list[tuple[int, Event]]:
    """The events of a file with the lines they stand on.

    Raises:
        ImportProblem: it is no such file, or one of its lines is broken; the line is named.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ImportProblem("unreadable", path=path, detail=error.strerror or error) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ImportProblem("not-progress", path=path, line=line) from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    expected = _check_head(lines[0][1] if lines else "", path)
    events = [(number, _event(number, line, path)) for number, line in lines[1:]]
    if expected is not None and len(events) != expected:
        last = lines[-1][0]
        raise ImportProblem("short", path=path, line=last, found=len(events), expected=expected)
    return events


def _check_head(line: str, path: Path) -> int | None:
    """How many events there are, if the first line says so."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        head = None
    if (
        not isinstance(head, dict)
        or head.get("llmprep") != FORMAT
        or not isinstance(head.get("version"), int)
    ):
        raise ImportProblem("not-progress", path=path, line=1)
    if head["version"] > VERSION:
        raise ImportProblem("newer", path=path, line=1, version=head["version"])
    expected = head.get("events")
    return expected if isinstance(expected, int) else None


def _event(number: int, line: str, path: Path) -> Event:
    try:
        event = event_of(_row(number, json.loads(line)))
        _check(event)
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise ImportProblem("broken", path=path, line=number, detail=_short(error)) from error
    return event


def _row(number: int, fields: Any) -> tuple[Any, ...]:
    """The values of a row of the log, unchecked."""
    if not isinstance(fields, dict):
        raise ValueError("no object")
    if unknown := sorted(fields.keys() - set(_NAMES)):
        raise ValueError(f"'{unknown[0]}' is unknown")
    payload = fields.get("payload", {})
    if not isinstance(payload, dict):
        raise ValueError("the payload is no object")
    return (number, *(fields.get(name) for name in _NAMES[:-1]), payload_text(payload))


def _check(event: Event) -> None:
    """What the store takes for granted in what it wrote itself."""
    if event.card is not None:
        kind, _, name = event.card.partition("/")
        if not (kind and name):
            raise ValueError(f"'{event.card}' names no card")
    if event.revision is not None and not 0 <= event.revision < 2**31:
        raise ValueError(f"revision {event.revision}")
    if event.at.year not in YEARS or abs(event.at.date() - event.day) > _LONGEST_DAY:
        raise ValueError(f"{event.day} is not the day of {event.at.isoformat()}")
    for text in (event.kind, event.card or "", event.voids or ""):
        text.encode("utf-8")


def _short(error: Exception) -> str:
    """A reason that fits into a sentence."""
    return " ".join(str(error).split())[:80]
