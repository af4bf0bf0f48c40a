"""Events and card states as rows of progress.db and back.

A row that cannot be read back is damage: `event_of` and `state_of` raise ValueError, which the store reports
as a corrupt database.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any, get_args

from llmprep.memory.clock import YEARS
from llmprep.memory.records import CardState, Event, StoredStage

EVENT_COLUMNS = "id, uuid, at, day, kind, card, rating, revision, retention, voids, payload"
CARD_COLUMNS = (
    "card, revision, stage, step, stability, difficulty, due_at, due_day, "
    "reps, lapses, last_review, last_day, first_day"
)
INSERT_EVENT = f"INSERT INTO events ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
WRITE_CARD = f"INSERT OR REPLACE INTO cards ({CARD_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def instant_text(instant: datetime) -> str:
    """UTC with microseconds always, so that the order of the texts is the order of the instants."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def payload_text(payload: dict[str, Any]) -> str:
    """JSON that a reader can read; half a character (a terminal's broken input) is kept as its escape."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def event_row(event: Event) -> tuple[Any, ...]:
    """The values of `EVENT_COLUMNS`."""
    return (
        event.id or None,
        event.uuid,
        instant_text(event.at),
        event.day.isoformat(),
        event.kind,
        event.card,
        event.rating,
        event.revision,
        event.retention,
        event.voids,
        payload_text(event.payload),
    )


def event_of(row: tuple[Any, ...]) -> Event:
    """An event from the values of `EVENT_COLUMNS`; raises ValueError when they cannot be one."""
    number, uuid, at, day, kind, card, rating, revision, retention, voids, payload = row
    sound = (
        isinstance(number, int)
        and all(isinstance(text, str) for text in (uuid, at, day, kind, payload))
        and all(text is None or isinstance(text, str) for text in (card, voids))
        and (rating is None or rating in (1, 2, 3, 4))
        and (revision is None or isinstance(revision, int))
        and (retention is None or 0.5 <= retention < 1)
        and (kind == "undo") == (voids is not None)
        and (kind != "review" or None not in (card, rating, revision, retention))
        and _UUID.fullmatch(uuid) is not None
    )
    if not sound:
        raise ValueError(f"event {number!r} is damaged")
    content = json.loads(payload)
    when = date.fromisoformat(day)
    if not isinstance(content, dict) or when.year not in YEARS:
        raise ValueError(f"event {number} is damaged")
    return Event(
        id=number,
        uuid=uuid,
        at=_instant(at),
        day=when,
        kind=kind,
        card=card,
        rating=rating,
        revision=revision,
        retention=retention,
        voids=voids,
        payload=content,
    )


def state_row(state: CardState) -> tuple[Any, ...]:
    """The values of `CARD_COLUMNS`."""
    return (
        state.card,
        state.revision,
        state.stage,
        state.step,
        state.stability,
        state.difficulty,
        None if state.due_at is None else instant_text(state.due_at),
        None if state.due_day is None else state.due_day.isoformat(),
        state.reps,
        state.lapses,
        instant_text(state.last_review),
        state.last_day.isoformat(),
        state.first_day.isoformat(),
    )


def state_of(row: tuple[Any, ...]) -> CardState:
    """A card's state from the values of `CARD_COLUMNS`; raises ValueError when they cannot be one."""
    card, revision, stage, step, stability, difficulty, due_at, due_day, *rest = row
    reps, lapses, last_review, last_day, first_day = rest
    numbers = (revision, stability, difficulty, reps, lapses, step or 0)
    if stage not in get_args(StoredStage) or not all(isinstance(number, int | float) for number in numbers):
        raise ValueError(f"the schedule of {card!r} is damaged")
    return CardState(
        card=card,
        revision=revision,
        stage=stage,
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_at=None if due_at is None else _instant(due_at),
        due_day=None if due_day is None else date.fromisoformat(due_day),
        reps=reps,
        lapses=lapses,
        last_review=_instant(last_review),
        last_day=date.fromisoformat(last_day),
        first_day=date.fromisoformat(first_day),
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text} lacks its zone")
    return instant.astimezone(UTC)
