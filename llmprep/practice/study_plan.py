"""What to do each day until the interview: most of what is asked often and known badly.

The plan is never stored. It is made anew from the log whenever it is shown, so it adapts by itself to what
was done and what was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from llmprep.content.catalogue import Catalogue
from llmprep.judge.libraries import missing
from llmprep.memory.store import Store
from llmprep.practice.path import learning_path
from llmprep.practice.statistics import Mastery, mastery

MINUTES_PER_REVIEW = 1.0
MINUTES_PER_NEW_CARD = 2.0
MINUTES_PER_TALK = 25.0
"""Reading a talk twice and telling it once."""
MINUTES_PER_INTERVIEW = 45.0
REVIEWS_OF_A_NEW_CARD = (1, 3, 8, 19)
"""On which later days a card answered "good" comes back with FSRS's default parameters."""
LAST_DAYS = 2
"""Before the interview nothing new is begun: what is known is kept warm."""
SHARES = {"questions": 0.45, "drills": 0.35, "papers": 0.20}
"""How the time that due cards leave is divided."""


@dataclass(frozen=True)
class Day:
    """One day of the plan: cards that come back, new cards by topic, drills and papers to begin."""

    day: date
    due: int
    new: tuple[tuple[str, int], ...]
    drills: tuple[str, ...]
    papers: tuple[str, ...]
    interview: bool
    minutes: float

    @property
    def new_cards(self) -> int:
        """Of all topics."""
        return sum(count for _, count in self.new)


@dataclass(frozen=True)
class Plan:
    """All days up to the one before the interview, and what will have been begun by then."""

    until: date
    hours: float
    days: tuple[Day, ...]
    left_out: tuple[int, int, int]
    """New cards, drills and papers for which there is no time."""


def make_plan(catalogue: Catalogue, store: Store, until: date, hours: float) -> Plan:
    """Plan every day from today to the one before `until` with `hours` hours a day."""
    today = store.clock.today()
    length = max((until - today).days, 1)
    due = _due(store, today, length)
    supply = _Supply(catalogue, store)
    saved = dict.fromkeys(SHARES, 0.0)
    days = []
    for ahead in range(length):
        spent = _spent_today(store) if ahead == 0 else 0.0
        is_last = length - ahead <= LAST_DAYS
        with_interview = (ahead % 7 == 6 and not is_last) or (is_last and length - ahead == LAST_DAYS)
        minutes = due[ahead] * MINUTES_PER_REVIEW + with_interview * MINUTES_PER_INTERVIEW
        left = max(hours * 60 - minutes - spent, 0.0)
        new, drills, papers = [], [], []
        if not is_last:
            for kind, share in SHARES.items():
                saved[kind] += share * left
            new = supply.cards(int(saved["questions"] / MINUTES_PER_NEW_CARD))
            saved["questions"] -= MINUTES_PER_NEW_CARD * sum(count for _, count in new)
            drills = list(supply.drills_within(saved))
            papers = list(supply.papers_within(saved))
            for later in REVIEWS_OF_A_NEW_CARD:
                if ahead + later < length:
                    due[ahead + later] += sum(count for _, count in new)
        minutes += MINUTES_PER_NEW_CARD * sum(count for _, count in new)
        minutes += sum(supply.minutes[name] for name in drills) + MINUTES_PER_TALK * len(papers)
        days.append(
            Day(
                today + timedelta(days=ahead), due[ahead], tuple(new), tuple(drills), tuple(papers),
                with_interview, minutes,
            )
        )  # fmt: skip
    return Plan(until, hours, tuple(days), supply.left())


def _spent_today(store: Store) -> float:
    """Minutes that today's answers took, as the plan reckons them."""
    counts = store.counts()
    new = store.new_today("question/")
    talks = store.counts("paper/").reviews
    return (counts.reviews - new) * MINUTES_PER_REVIEW + new * MINUTES_PER_NEW_CARD + talks * MINUTES_PER_TALK


def _due(store: Store, today: date, days: int) -> list[int]:
    """Cards of all kinds that come back on each day, all overdue ones today."""
    counts = [0] * days
    for state in store.states():
        day = state.due_day or today
        ahead = max((day - today).days, 0)
        if ahead < days:
            counts[ahead] += 1
    return counts


class _Supply:
    """What has not been begun yet, the most useful first."""

    def __init__(self, catalogue: Catalogue, store: Store):
        self._topics = {one.topic: one for one in mastery(catalogue, store)}
        self._unseen = {name: one.of - one.seen for name, one in self._topics.items()}
        self._gained = Counter[str]()
        drills = {name: drill for name, drill in catalogue.drills().items() if not missing(drill.requires)}
        known = store.seen("drill/")
        self._drills = [name for name in learning_path(drills) if f"drill/{name}" not in known]
        self.minutes = {name: float(drill.minutes) for name, drill in drills.items()}
        told = store.seen("paper/")
        self._papers = [name for name in catalogue.ordered_ids("paper") if f"paper/{name}" not in told]

    def cards(self, count: int) -> list[tuple[str, int]]:
        """How many new cards of which topic: each goes where it adds most to what is asked and not known."""
        chosen = Counter[str]()
        for _ in range(count):
            best = max(filter(self._unseen.__getitem__, self._topics), key=self._use, default=None)
            if best is None:
                break
            chosen[best] += 1
            self._unseen[best] -= 1
            self._gained[best] += 1
        return sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))

    def _use(self, topic: str) -> float:
        """How much of the interview's questions one more card of a topic is worth, less the more is known."""
        one: Mastery = self._topics[topic]
        known = one.recalled + self._gained[topic] / one.of
        return float(one.weight * max(1.0 - known, 0.0) ** 2 / one.of**0.5)

    def drills_within(self, saved: dict[str, float]) -> Iterator[str]:
        """Drills for which enough minutes are saved up; they are spent."""
        while self._drills and self.minutes[self._drills[0]] <= saved["drills"]:
            name = self._drills.pop(0)
            saved["drills"] -= self.minutes[name]
            yield name

    def papers_within(self, saved: dict[str, float]) -> Iterator[str]:
        """Papers for which enough minutes are saved up; they are spent."""
        while self._papers and saved["papers"] >= MINUTES_PER_TALK:
            saved["papers"] -= MINUTES_PER_TALK
            yield self._papers.pop(0)

    def left(self) -> tuple[int, int, int]:
        """New cards, drills and papers that are still to be begun."""
        return sum(self._unseen.values()), len(self._drills), len(self._papers)


def commands(day: Day, limit: int = 4) -> Sequence[str]:
    """What to type on a day, in order."""
    found = ["llmprep quiz --new 0"] if day.due else []
    found += [f"llmprep quiz {topic} --new {count}" for topic, count in day.new[:limit]]
    found += [f"llmprep drill {name}" for name in day.drills]
    found += [f"llmprep explain {name}" for name in day.papers]
    return [*found, "llmprep interview"] if day.interview else found
