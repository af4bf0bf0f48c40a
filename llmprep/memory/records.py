"""What the store hands out: events of the log, the schedule of a card, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

Rating = Literal[1, 2, 3, 4]
"""1 again · 2 hard · 3 good · 4 easy."""
Stage = Literal["new", "learning", "review"]
StoredStage = Literal["learning", "relearning", "review"]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log, never changed afterwards. Replaying reviews needs nothing that is not in them."""

    id: int
    uuid: str
    at: datetime
    day: date
    """The learner's day on which it happened, as the learner's clock had it."""
    kind: str
    card: str | None
    rating: Rating | None = None
    revision: int | None = None
    """Of the card's content; reviews only."""
    retention: float | None = None
    """The wished probability of recall when due; reviews only."""
    voids: str | None = None
    """The uuid of the review that an undo takes back."""
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardState:
    """Where a card stands after its reviews. Exactly one of `due_at` (within the day) and `due_day` is set.

    A card that waits for another day waits for a *day*, not for an instant: it is due from the moment that
    day starts wherever the learner then is.
    """

    card: str
    revision: int
    stage: StoredStage
    step: int | None
    stability: float
    """Days after which the probability of recall has fallen to 90 %."""
    difficulty: float
    """1 to 10."""
    due_at: datetime | None
    due_day: date | None
    reps: int
    lapses: int
    last_review: datetime
    last_day: date
    first_day: date

    @property
    def interval(self) -> timedelta:
        """The time from the last review to the next: whole days, or less than one."""
        if self.due_day is not None:
            return self.due_day - self.last_day
        assert self.due_at is not None
        return self.due_at - self.last_review


@dataclass(frozen=True, slots=True)
class Due:
    """A card that waits; `due` is in UTC, `revision` the one it was last reviewed in."""

    card: str
    due: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What one answer did. `before` is None when the card was new."""

    event: Event
    before: CardState | None
    after: CardState


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back. `after` is None when the card is new again."""

    review: Event
    after: CardState | None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What happened on one of the learner's days; undone reviews do not count."""

    day: date
    reviews: int = 0
    forgotten: int = 0
    """Reviews rated 1."""
    new: int = 0
    """Cards whose first review was on that day."""
    events: dict[str, int] = field(default_factory=dict)
    """How many of every other kind: attempt, talk, cram, visit, …"""
