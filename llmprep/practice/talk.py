"""Rehearsing a paper without a terminal: the beats, the clock, the points that were said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Beat, Paper, Text
from llmprep.memory.records import Rating, Reviewed
from llmprep.memory.store import Store
from llmprep.practice.near import nearness, terms
from llmprep.practice.rubric import suggested_rating

PREFIX = "paper/"
WARNING_SECONDS = 10.0


@dataclass
class BeatTime:
    """How long one beat took, and which of its points were said."""

    beat: Beat
    seconds: float = 0.0
    told: bool = False
    said: set[int] = field(default_factory=set)

    @property
    def over(self) -> float:
        """Seconds beyond the beat's own; 0 when in time."""
        return max(self.seconds - self.beat.seconds, 0.0)


@dataclass(frozen=True)
class FollowUp:
    """A question after the talk; `question` is its id if it is one of the banks'."""

    ask: Text
    answer: Text
    question: str | None = None


class Rehearsal:
    """A talk told beat by beat, then checked point by point. Nothing advances by itself."""

    def __init__(self, name: str, paper: Paper, store: Store):
        self.name = name
        self.paper = paper
        self.store = store
        self.times = [BeatTime(beat) for beat in paper.beats]
        self.reviewed: Reviewed | None = None

    @property
    def seconds(self) -> float:
        """How long the whole talk took."""
        return sum(time.seconds for time in self.times)

    @property
    def planned(self) -> int:
        """How long it should take."""
        return sum(beat.seconds for beat in self.paper.beats)

    def had(self) -> tuple[int, int]:
        """Points said, and points in all."""
        return sum(len(time.said) for time in self.times), sum(len(time.beat.points) for time in self.times)

    def missed(self) -> list[tuple[Beat, int]]:
        """The points not said, in order."""
        return [
            (time.beat, index)
            for time in self.times
            for index in range(len(time.beat.points))
            if index not in time.said
        ]

    def follow_ups(self, catalogue: Catalogue, count: int = 3) -> list[FollowUp]:
        """What an interviewer asks next: the paper's own and linked questions, nearest to what was missed.

        With nothing missed, the paper's own come first.
        """
        asked = [FollowUp(found.ask, found.answer) for found in self.paper.asked]
        for name in self.paper.questions:
            if catalogue.has("question", name):
                question = catalogue.question(name)
                if question.answer is not None and question.kind == "open":
                    asked.append(FollowUp(question.ask, question.answer, name))
        missed = [beat.points[index] for beat, index in self.missed()]
        wanted = terms(missed)
        asked.sort(key=lambda found: -nearness(terms([found.ask, found.answer]), wanted))
        return asked[:count]

    def suggestion(self) -> Rating:
        """The rating that the points said suggest; over time by a fifth costs one."""
        had, of = self.had()
        rating = suggested_rating(had, of)
        if rating == 3 and self.seconds > 1.2 * self.planned:
            return 2
        return rating

    def intervals(self) -> dict[Rating, timedelta]:
        """When the talk would come back for each rating."""
        return self.store.preview(PREFIX + self.name)

    def finish(self, rating: Rating) -> Reviewed:
        """Record the rehearsal as an event and the talk as a reviewed card."""
        self.reviewed = self.store.record_review(PREFIX + self.name, 1, rating, self._payload())
        return self.reviewed

    def stop(self) -> bool:
        """Log a rehearsal that was broken off, without scheduling the talk; False when no beat was told."""
        if self.reviewed is not None or not any(time.told for time in self.times):
            return False
        self.store.record_event("talk", PREFIX + self.name, self._payload())
        return True

    def _payload(self) -> dict[str, Any]:
        had, of = self.had()
        return {
            "seconds": [round(time.seconds, 1) for time in self.times],
            "said": [sorted(time.said) for time in self.times],
            "had": had,
            "of": of,
        }


def next_paper(catalogue: Catalogue, store: Store) -> str | None:
    """The talk to rehearse next: one that is due, else the first never rehearsed, must-know ones first."""
    for due in store.due(PREFIX, store.clock.end_of_today()):
        name = due.card.removeprefix(PREFIX)
        if catalogue.has("paper", name):
            return name
    fresh = store.unseen((PREFIX + item.id, item.revision) for item in catalogue.listed("paper"))
    return next((card.removeprefix(PREFIX) for card in fresh), None)
