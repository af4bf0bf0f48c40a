"""The shape of progress.db, as the numbered steps that lead to it.

A step that has been released is never edited: a new one is appended, with a database of its time in
tests/memory/databases. The columns of `events` are only ever appended to, because `salvage.py` reads them by
position.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

_EVENTS = """
    CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        card TEXT,
        rating INTEGER CHECK (rating BETWEEN 1 AND 4),
        revision INTEGER,
        retention REAL,
        voids TEXT UNIQUE REFERENCES events (uuid),
        payload TEXT NOT NULL,
        CHECK (kind <> 'review' OR (card IS NOT NULL AND rating IS NOT NULL)),
        CHECK (kind <> 'review' OR (revision IS NOT NULL AND retention IS NOT NULL)),
        CHECK ((kind = 'undo') = (voids IS NOT NULL))
    )"""

_CARDS = """
    CREATE TABLE cards (
        card TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        stage TEXT NOT NULL CHECK (stage IN ('learning', 'relearning', 'review')),
        step INTEGER,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due_at TEXT,
        due_day TEXT,
        reps INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        last_review TEXT NOT NULL,
        last_day TEXT NOT NULL,
        first_day TEXT NOT NULL,
        CHECK ((due_at IS NULL) <> (due_day IS NULL))
    ) WITHOUT ROWID"""


def m001_events_and_cards(connection: Connection) -> None:
    """The log, which nothing may change, and the schedule that follows from it."""
    for statement in (
        _EVENTS,
        "CREATE INDEX events_by_card ON events (card)",
        "CREATE INDEX events_by_kind ON events (kind)",
        "CREATE INDEX events_by_day ON events (day)",
        """CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events
           BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        """CREATE TRIGGER events_keep_all BEFORE DELETE ON events
           BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        _CARDS,
        "CREATE INDEX cards_by_due_at ON cards (due_at) WHERE due_at IS NOT NULL",
        "CREATE INDEX cards_by_due_day ON cards (due_day) WHERE due_day IS NOT NULL",
        "CREATE INDEX cards_by_first_day ON cards (first_day)",
    ):
        connection.execute(statement)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_events_and_cards,)


def applied_names(connection: Connection) -> set[str]:
    """The migrations that this database has been through; none when it is new."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone() is None:
        return set()
    return {name for (name,) in connection.execute("SELECT name FROM migrations")}


def unknown_names(applied: set[str]) -> list[str]:
    """Migrations of a newer program."""
    return sorted(applied - {migration.__name__ for migration in MIGRATIONS})


def migrate(connection: Connection) -> None:
    """Apply what is missing; the caller holds the transaction."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
    applied = applied_names(connection)
    for migration in MIGRATIONS:
        if migration.__name__ not in applied:
            migration(connection)
            connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (migration.__name__,))
