"""The learner's memory: one log that only grows, and one table that follows from it.

Everything a learner does is one *event*, appended to `progress.db` in its own transaction and on the disk
before the call returns; no event is ever changed or removed, not even by an undo, which is an event that
*voids* a review. The table of *cards* (when each comes back) is nothing but the log's reviews, less the
voided ones, played through `schedule.review` in order: it is updated with every answer in the same
transaction, can be thrown away and rebuilt at any time, and always comes out the same, because everything a
schedule depends on (instant, the learner's day, revision, retention) is in the event itself. So there is one
truth, and damage to the rest costs a replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from llmprep.memory import rows, schedule
from llmprep.memory.clock import Clock
from llmprep.memory.database import connect, problems_of, transaction
from llmprep.memory.home import database_path
from llmprep.memory.problems import MemoryProblem
from llmprep.memory.records import CardState, DayCounts, Due, Event, Rating, Reviewed, Stage, Undone
from llmprep.memory.settings import Settings

if TYPE_CHECKING:
    from sqlite3 import Connection

    from llmprep.memory.merge import Merged

RowT = TypeVar("RowT")
ResultT = TypeVar("ResultT")
_SELECT = f"SELECT {rows.EVENT_COLUMNS} FROM events"
_NOT_VOIDED = "NOT EXISTS (SELECT 1 FROM events AS undo WHERE undo.voids = events.uuid)"
_REVIEWS = f"{_SELECT} WHERE kind = 'review' AND {_NOT_VOIDED}"
# left alone, the planner reads every review rather than sort those of one card
_REVIEWS_OF_CARD = (
    f"{_SELECT} INDEXED BY events_by_card WHERE card = ? AND kind = 'review' AND {_NOT_VOIDED} ORDER BY id"
)
RATINGS: tuple[Rating, ...] = (1, 2, 3, 4)
FITTED, FITTED_LENGTH = "fsrs", 21
"""Where a review has the parameters it was scheduled with, and how many FSRS-6 has."""


def open_store(settings: Settings, path: Path | None = None) -> Store:
    """The learner's progress.db, made when missing; raises `MemoryProblem`."""
    return Store(path or database_path(), Clock(settings.day_turns_at), settings.retention)


class Store:
    """An open progress.db. A card is named `kind/id`: "question/sqrt-dk", "drill/attention", "paper/bert".

    A `prefix` selects cards by the beginning of their name ("question/"); the empty one selects all.
    Every method raises `MemoryProblem` when the file or the disk fails; nothing is half done then, and the
    store stays usable.
    """

    def __init__(self, path: Path, clock: Clock, retention: float):
        self.path = path
        self.clock = clock
        self.retention = retention
        self._connection = connect(path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; nothing is written that was not already on the disk."""
        with self._reading():
            self._connection.close()

    # ---------------------------------------------------------------- writing

    def record_review(self, card: str, revision: int, rating: Rating, payload: dict[str, Any]) -> Reviewed:
        """Log an answer and schedule the card, in one transaction. A higher `revision` restarts the card."""
        _check_card(card)
        if rating not in RATINGS:
            raise ValueError(f"a rating is 1 to 4, not {rating!r}")
        with self._writing() as connection:
            if (fitted := self.fitted()) is not None:
                payload = {**payload, FITTED: list(fitted)}
            event = self._append("review", card, payload, rating, revision, self.retention)
            before = self.state(card)
            after = _replay(before, event)
            connection.execute(rows.WRITE_CARD, rows.state_row(after))
        return Reviewed(event, before, after)

    def record_event(
        self,
        kind: str,
        card: str | None = None,
        payload: dict[str, Any] | None = None,
        rating: Rating | None = None,
    ) -> Event:
        """Log what does not touch the schedule: cram, attempt, talk, visit, …"""
        if kind in ("review", "undo"):
            raise ValueError(f"a {kind} has its own method")
        if card is not None:
            _check_card(card)
        with self._writing():
            return self._append(kind, card, payload or {}, rating)

    def record_fit(self, parameters: Sequence[float], reviews: int) -> Event:
        """From now on schedule with these parameters; what was scheduled before stays."""
        if len(parameters) != FITTED_LENGTH:
            raise ValueError(f"FSRS has {FITTED_LENGTH} parameters, not {len(parameters)}")
        rounded = [round(value, 4) for value in parameters]
        return self.record_event("fit", None, {FITTED: rounded, "reviews": reviews})

    def fitted(self) -> tuple[float, ...] | None:
        """The parameters that were fitted last; None for FSRS's own."""
        event = self.last_event("fit")
        return parameters_of(event) if event is not None else None

    def undo_last(self, prefix: str = "") -> Undone | None:
        """Void the last review and put its card back where it was; None when there is no review left."""
        with self._writing() as connection:
            review = self.last_review(prefix)
            if review is None or review.card is None:
                return None
            self._append("undo", review.card, {}, voids=review.uuid)
            after = None
            for event in self._events(_REVIEWS_OF_CARD, (review.card,)):
                after = _replay(after, event)
            if after is None:
                connection.execute("DELETE FROM cards WHERE card = ?", (review.card,))
            else:
                connection.execute(rows.WRITE_CARD, rows.state_row(after))
        return Undone(review, after)

    def rebuild(self) -> int:
        """Derive the table of cards from the log anew; returns the number of cards."""
        with self._writing() as connection:
            return self._derive(connection)

    def _derive(self, connection: Connection) -> int:
        states: dict[str, CardState] = {}
        for event in self._events(f"{_REVIEWS} ORDER BY id"):
            assert event.card is not None
            states[event.card] = _replay(states.get(event.card), event)
        connection.execute("DELETE FROM cards")
        connection.executemany(rows.WRITE_CARD, map(rows.state_row, states.values()))
        return len(states)

    def merge(self, events: Iterable[Event]) -> Merged:
        """Take in the log of another machine and schedule everything anew, in one transaction.

        Afterwards the log is in the order of its instants, whichever log was merged into which.

        Raises:
            Clash: an event is recorded here already, and differently; nothing is changed then.
        """
        from llmprep.memory import merge

        taken = list(events)
        with merge.undos_before_reviews(self._connection), self._writing() as connection:
            mine = list(self._events(f"{_SELECT} ORDER BY id"))
            log = merge.in_order([*mine, *taken])
            merge.write(connection, mine, log)
            cards = self._derive(connection)
        return merge.count(mine, taken, log, cards)

    def _append(
        self,
        kind: str,
        card: str | None,
        payload: dict[str, Any],
        rating: Rating | None = None,
        revision: int | None = None,
        retention: float | None = None,
        voids: str | None = None,
    ) -> Event:
        import uuid

        now, name = self.clock.now(), str(uuid.uuid4())
        day = self.clock.day_of(now)
        event = Event(0, name, now, day, kind, card, rating, revision, retention, voids, payload)
        number = self._connection.execute(rows.INSERT_EVENT, rows.event_row(event)).lastrowid
        assert number is not None
        return replace(event, id=number)

    # ---------------------------------------------------------------- cards

    def state(self, card: str) -> CardState | None:
        """Where `card` stands; None when it was never reviewed."""
        found = self._rows(f"SELECT {rows.CARD_COLUMNS} FROM cards WHERE card = ?", (card,))
        return self._sound(rows.state_of, found[0]) if found else None

    def states(self, prefix: str = "") -> list[CardState]:
        """Every card that was reviewed, with where it stands."""
        where, values = _within(prefix)
        found = self._rows(f"SELECT {rows.CARD_COLUMNS} FROM cards WHERE {where} ORDER BY card", values)
        return [self._sound(rows.state_of, row) for row in found]

    def stage(self, card: str, revision: int = 1) -> Stage:
        """New (also when `revision` is higher than the one reviewed), learning (also again), or in review."""
        state = self.state(card)
        if state is None or revision > state.revision:
            return "new"
        return "review" if state.stage == "review" else "learning"

    def preview(self, card: str, revision: int = 1) -> dict[Rating, timedelta]:
        """The interval that each rating would give now: whole days, or less than one."""
        state, now, fitted = self.state(card), self.clock.now(), self.fitted()
        day = self.clock.day_of(now)
        return {
            rating: schedule.review(state, card, revision, rating, now, day, self.retention, fitted).interval
            for rating in RATINGS
        }

    def due(self, prefix: str, until: datetime, limit: int | None = None) -> list[Due]:
        """Cards due at `until` (`clock.now()`, `clock.end_of_today()`) or before, longest waiting first."""
        where, values = _within(prefix)
        day_start = cache(lambda day: self.clock.day_start(date.fromisoformat(day)))
        waiting: list[Due] = []
        for column, last in self._due_columns(until):
            instant = datetime.fromisoformat if column == "due_at" else day_start
            found: list[tuple[str, str, int]] = self._rows(
                f"SELECT card, {column}, revision FROM cards INDEXED BY cards_by_{column} "
                f"WHERE {column} <= ? AND {where} ORDER BY {column}, card LIMIT ?",
                (last, *values, -1 if limit is None else limit),
            )
            waiting += (Due(card, self._sound(instant, when), revision) for card, when, revision in found)
        return sorted(waiting, key=lambda due: (due.due, due.card))[:limit]

    def _due_columns(self, until: datetime) -> tuple[tuple[str, str], ...]:
        return ("due_at", rows.instant_text(until)), ("due_day", self.clock.day_of(until).isoformat())

    def count_due(self, prefix: str, until: datetime) -> int:
        """How many `due` would return."""
        where, values = _within(prefix)
        return sum(
            self._rows(
                f"SELECT count(*) FROM cards INDEXED BY cards_by_{column} WHERE {column} <= ? AND {where}",
                (last, *values),
            )[0][0]
            for column, last in self._due_columns(until)
        )

    def next_due(self, prefix: str = "") -> Due | None:
        """The card that comes back first, due or not."""
        return next(iter(self.due(prefix, datetime(9999, 1, 1, tzinfo=UTC), limit=1)), None)

    def seen(self, prefix: str = "") -> set[str]:
        """Every card that was reviewed. With many cards, `unseen` is cheaper."""
        where, values = _within(prefix)
        return {card for (card,) in self._rows(f"SELECT card FROM cards WHERE {where}", values)}

    def unseen(self, cards: Iterable[tuple[str, int]]) -> Iterator[str]:
        """Those of the (card, content revision) that are new, in the order given, found as asked for."""
        remaining = iter(cards)
        while chunk := list(islice(remaining, 200)):
            marks = ", ".join("?" * len(chunk))
            names = tuple(card for card, _ in chunk)
            known = dict(self._rows(f"SELECT card, revision FROM cards WHERE card IN ({marks})", names))
            yield from (card for card, revision in chunk if revision > known.get(card, -1))

    # ---------------------------------------------------------------- the log

    def events(self, prefix: str = "", kind: str | None = None, since: date | None = None) -> Iterator[Event]:
        """The log, oldest first, voided reviews and undos included, from the learner's day `since` on."""
        where, values = _within(prefix)
        if kind is not None:
            where, values = f"{where} AND kind = ?", (*values, kind)
        if since is not None:
            where, values = f"{where} AND day >= ?", (*values, since.isoformat())
        return self._events(f"{_SELECT} WHERE {where} ORDER BY id", values)

    def valid_events(self) -> list[Event]:
        """The log without undone reviews and without undos, oldest first."""
        return list(self._events(f"{_SELECT} WHERE {_NOT_VOIDED} AND kind <> 'undo' ORDER BY id"))

    def last_event(self, kind: str, prefix: str = "") -> Event | None:
        """The latest event of a kind; None when there is none."""
        where, values = _within(prefix)
        query = f"{_SELECT} WHERE kind = ? AND {where} ORDER BY id DESC LIMIT 1"
        return next(self._events(query, (kind, *values)), None)

    def last_review(self, prefix: str = "") -> Event | None:
        """The review that `undo_last` would void."""
        where, values = _within(prefix)
        return next(self._events(f"{_REVIEWS} AND {where} ORDER BY id DESC LIMIT 1", values), None)

    def new_today(self, prefix: str = "") -> int:
        """Cards first reviewed on the learner's present day."""
        return self._new_on(self.clock.today(), prefix)

    def _new_on(self, day: date, prefix: str) -> int:
        where, values = _within(prefix)
        query = f"SELECT count(*) FROM cards WHERE first_day = ? AND {where}"
        [(count,)] = self._rows(query, (day.isoformat(), *values))
        return int(count)

    def counts(self, prefix: str = "", day: date | None = None) -> DayCounts:
        """What happened on one of the learner's days, by default the present one."""
        day = day or self.clock.today()
        where, values = _within(prefix)
        found: list[tuple[str, int, int]] = self._rows(
            f"SELECT kind, count(*), sum(rating = 1) FROM events WHERE day = ? AND {where} AND {_NOT_VOIDED} "
            "GROUP BY kind",
            (day.isoformat(), *values),
        )
        number = {kind: count for kind, count, _ in found}
        forgotten = next((ones for kind, _, ones in found if kind == "review"), 0)
        others = {kind: count for kind, count in number.items() if kind not in ("review", "undo")}
        return DayCounts(day, number.get("review", 0), forgotten, self._new_on(day, prefix), others)

    def check(self) -> list[str]:
        """A full check, for `doctor`: what SQLite finds damaged. Takes time in proportion to the file."""
        try:
            found: list[tuple[str]] = self._rows("PRAGMA integrity_check", ())
        except MemoryProblem as problem:
            if problem.kind != "database-corrupt":
                raise
            return [problem.detail]
        return [message for (message,) in found if message != "ok"]

    # ---------------------------------------------------------------- access

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._reading() as connection, transaction(connection):
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with problems_of(self.path):
            yield self._connection

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        with self._reading() as connection:
            return connection.execute(query, values).fetchall()

    def _events(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[Event]:
        with self._reading() as connection:
            for row in connection.execute(query, values):
                yield self._sound(rows.event_of, row)

    def _sound(self, read: Callable[[RowT], ResultT], row: RowT) -> ResultT:
        try:
            return read(row)
        except (ValueError, TypeError) as error:
            raise MemoryProblem("database-corrupt", self.path, str(error)) from error


def _replay(state: CardState | None, event: Event) -> CardState:
    assert event.card is not None and event.rating is not None
    assert event.revision is not None and event.retention is not None
    at, day, retention = event.at, event.day, event.retention
    fitted = parameters_of(event)
    return schedule.review(state, event.card, event.revision, event.rating, at, day, retention, fitted)


def parameters_of(event: Event) -> tuple[float, ...] | None:
    """FSRS's parameters with which a review was scheduled; they stand in it, for replays."""
    fitted = event.payload.get(FITTED)
    return tuple(fitted) if isinstance(fitted, list) else None


def _check_card(card: str) -> None:
    kind, separator, name = card.partition("/")
    if not (kind and separator and name):
        raise ValueError(f"a card is named kind/id, not {card!r}")


def _within(prefix: str) -> tuple[str, tuple[str, ...]]:
    """The condition for cards that begin with `prefix`, as a range that an index can serve."""
    if not prefix:
        return "TRUE", ()
    return "card >= ? AND card < ?", (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))
