"""When it is, and which of the learner's days that is.

A learner's day turns at 04:00 local time by default, so that an evening that ends after midnight is one
evening. Instants are aware UTC datetimes; days are dates. The local zone is the system's (`$TZ` where the
system honours it), asked anew for every instant, so that daylight saving and travel need no special case.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from llmprep.memory.problems import MemoryProblem

DAY_TURNS_AT = time(4, 0)
YEARS = range(1990, 3000)
"""A date outside is a typing mistake or damage; within, no interval leaves the calendar."""


class Clock:
    """The present, or what `$LLMPREP_NOW` says it is.

    That is ISO 8601, local time when it has no offset, and it stands still.
    """

    def __init__(self, turns_at: time = DAY_TURNS_AT):
        self.turns_at = turns_at

    def now(self) -> datetime:
        """The present instant, in UTC."""
        moved = os.environ.get("LLMPREP_NOW")
        if not moved:
            return datetime.now(UTC)
        try:
            instant = datetime.fromisoformat(moved).astimezone(UTC)
            if instant.year not in YEARS:
                raise ValueError(moved)
            return instant
        except (ValueError, OverflowError, OSError) as error:
            name, example = Path("$LLMPREP_NOW"), "2026-11-22T20:00+08:00"
            raise MemoryProblem("clock-broken", name, moved, expected=example) from error

    def today(self) -> date:
        """The learner's present day."""
        return self.day_of(self.now())

    def end_of_today(self) -> datetime:
        """The last instant of the learner's present day, in UTC."""
        return self.day_start(self.today() + timedelta(days=1)) - timedelta(microseconds=1)

    def day_of(self, instant: datetime) -> date:
        """The learner's day that holds `instant`."""
        day = instant.astimezone().date()
        # compared as instants: wall times repeat when daylight saving ends
        return day if instant >= self.day_start(day) else day - timedelta(days=1)

    def day_start(self, day: date) -> datetime:
        """The first instant of the learner's day `day`, in UTC; a skipped wall time means the one after."""
        return datetime.combine(day, self.turns_at).astimezone(UTC)
