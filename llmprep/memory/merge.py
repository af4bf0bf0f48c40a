"""Two logs made one: no event lost, none twice, and the same log whichever was merged into which.

Each machine's log is in the order in which things happened there. A merged log is in the order of the
instants, because that is the only order both machines know; a schedule is replayed in it. The events
themselves stay as they are. What has to move is written anew behind the last number ever given, so that
`salvage.py`, which may meet both places of an event on a damaged disk, never takes one event for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from llmprep.memory.records import Event
from llmprep.memory.rows import INSERT_EVENT, event_row

if TYPE_CHECKING:
    from sqlite3 import Connection

_KEEPS_ALL = "events_keep_all"
"""The trigger that refuses to delete events; a transaction that writes every one of them again lifts it."""


@dataclass(frozen=True)
class Merged:
    """What a merge did: events that were new here, events that were known, cards that have a schedule."""

    new: int
    known: int
    cards: int


class Clash(Exception):  # noqa: N818 - a log is wrong, not the program
    """Two logs say different things under one uuid."""

    def __init__(self, uuid: str):
        super().__init__(f"two events are named {uuid}")
        self.uuid = uuid


def in_order(events: Iterable[Event]) -> list[Event]:
    """Every event once, by instant. Of two undos of one review, made on two machines, the first counts.

    Raises:
        Clash: events of one uuid differ.
    """
    unique: dict[str, Event] = {}
    for event in events:
        known = unique.setdefault(event.uuid, event)
        if known is not event and _content(known) != _content(event):
            raise Clash(event.uuid)
    log = sorted(unique.values(), key=_place)
    first_undo: dict[str, str] = {}
    for event in log:
        if event.voids is not None:
            first_undo.setdefault(event.voids, event.uuid)
    return [event for event in log if event.voids is None or first_undo[event.voids] == event.uuid]


def write(connection: Connection, mine: Sequence[Event], log: Sequence[Event]) -> None:
    """Make the table hold `log`, whose events so far are `mine`; the caller holds the transaction."""
    same = 0
    for here, wanted in zip(mine, log, strict=False):
        if here.uuid != wanted.uuid:
            break
        same += 1
    if same < len(mine):
        [(trigger,)] = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (_KEEPS_ALL,))
        connection.execute(f"DROP TRIGGER {_KEEPS_ALL}")
        connection.execute("DELETE FROM events WHERE id > ?", (mine[same - 1].id if same else -1,))
        connection.execute(trigger)
    connection.executemany(INSERT_EVENT, (event_row(replace(event, id=0)) for event in log[same:]))


@contextmanager
def undos_before_reviews(connection: Connection) -> Iterator[None]:
    """While a log is written, an undo may stand before its review, or without it after a damage."""
    connection.execute("PRAGMA foreign_keys = OFF")  # does nothing within a transaction
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def count(mine: Sequence[Event], taken: Sequence[Event], log: Sequence[Event], cards: int) -> Merged:
    """What taking `taken` into `mine` did, when `log` came of it."""
    here = {event.uuid for event in mine}
    new = sum(event.uuid not in here for event in log)
    return Merged(new, len({event.uuid for event in taken}) - new, cards)


def _place(event: Event) -> tuple[datetime, bool, str]:
    return event.at, event.voids is not None, event.uuid


def _content(event: Event) -> tuple[Any, ...]:
    """Everything but the number, which each machine gives by itself."""
    return event_row(replace(event, id=0))
