"""The whole log as JSON lines: the first says what it is, then one event a line, oldest first."""

from __future__ import annotations

import json
from typing import Any

from llmprep.memory.records import Event
from llmprep.memory.rows import instant_text
from llmprep.memory.store import Store

FORMAT, VERSION = "progress", 1


def text_of(store: Store) -> str:
    """The log as text. The number of events stands in the first line, so that a cut file is noticed."""
    events = list(store.events())
    made = instant_text(store.clock.now())
    head = {"llmprep": FORMAT, "version": VERSION, "events": len(events), "made": made}
    return "".join(f"{_line(value)}\n" for value in (head, *map(_fields, events)))


def _fields(event: Event) -> dict[str, Any]:
    """What is not None, under the names of the columns; the number is the machine's own and stays there."""
    named: dict[str, Any] = {
        "uuid": event.uuid,
        "at": instant_text(event.at),
        "day": event.day.isoformat(),
        "kind": event.kind,
        "card": event.card,
        "rating": event.rating,
        "revision": event.revision,
        "retention": event.retention,
        "voids": event.voids,
        "payload": event.payload,
    }
    return {name: value for name, value in named.items() if value is not None}


def _line(value: dict[str, Any]) -> str:
    """JSON on one line; half a character of an old answer stays an escape, as it is in the log."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
