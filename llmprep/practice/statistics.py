"""Where the learner stands: every figure follows from the log and the schedule, and says how sure it is."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Text
from llmprep.memory.records import CardState, Event
from llmprep.memory.store import Store, parameters_of

INTERVIEW_QUESTIONS = 10
SIMULATED_INTERVIEWS = 2000
LEAST_WEIGHT = 20
"""What a topic weighs that no interview report mentions: rare is not never."""
ENOUGH_RECALLS = 30
"""Below this many recalls of old cards, how well the learner remembers is a guess."""
DECAY = 0.1542
"""Of FSRS-6's forgetting curve, by default (its parameter w20)."""
LONGEST_SITTING = timedelta(hours=3)
ACTIVITIES = ("review", "attempt", "talk", "cram", "interview")


@dataclass(frozen=True)
class Share:
    """A proportion with its 95 % Wilson interval; None where nothing was counted."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The proportion itself."""
        return self.right / self.of if self.of else None

    def interval(self) -> tuple[float, float]:
        """Where the true proportion lies with 95 % (Wilson score)."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.right / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True)
class Mastery:
    """One topic: how much was seen, and how much of all of it would be recalled today."""

    topic: str
    title: Text
    seen: int
    of: int
    recalled: float
    """Expected share of all its questions recalled today; an unseen one counts 0."""
    weight: int


@dataclass(frozen=True)
class DrillTime:
    """One drill: seconds from opening it to passing, sitting by sitting, and the last attempts."""

    drill: str
    title: Text
    seconds: tuple[float, ...]
    attempts: int
    passed: bool


@dataclass(frozen=True)
class Readiness:
    """How many of ten questions of an interview would be answered: the mean, and the middle 80 %.

    Attributes:
        recalls: recalls of old cards that the estimate rests on; below `ENOUGH_RECALLS` it is a guess.
    """

    expected: float
    low: int
    high: int
    recalls: int

    @property
    def is_guess(self) -> bool:
        """Whether too little is known to trust it."""
        return self.recalls < ENOUGH_RECALLS


@dataclass(frozen=True)
class Statistics:
    """All figures of `llmprep stats`."""

    today: date
    reviews: int
    days: Mapping[date, int]
    streak: int
    retention: Share
    retention_month: Share
    predicted: float | None
    """Mean recall that the schedule expected at those same reviews."""
    forecast: tuple[int, ...]
    """Cards due today (with all overdue), tomorrow, …"""
    topics: tuple[Mastery, ...]
    drills: tuple[DrillTime, ...]
    talks: tuple[tuple[str, float, int], ...]
    """(paper, seconds of the last rehearsal, seconds planned)."""
    readiness: Readiness


def statistics(catalogue: Catalogue, store: Store, forecast_days: int = 14) -> Statistics:
    """Read the whole log once and derive everything."""
    events = store.valid_events()
    today = store.clock.today()
    recalls = list(_recalls(events))
    month = [recall for recall in recalls if recall[0] > today - timedelta(days=30)]
    topics = mastery(catalogue, store)
    days = Counter(event.day for event in events if event.kind in ACTIVITIES)
    return Statistics(
        today=today,
        reviews=sum(event.kind == "review" for event in events),
        days=dict(days),
        streak=_streak(days, today),
        retention=_share(recalls),
        retention_month=_share(month),
        predicted=sum(expected for _, _, expected in recalls) / len(recalls) if recalls else None,
        forecast=_forecast(store, today, forecast_days),
        topics=topics,
        drills=_drill_times(catalogue, events),
        talks=_talks(catalogue, events),
        readiness=readiness(catalogue, store, topics, _share(recalls)),
    )


# ---------------------------------------------------------------- recall


def recall_probability(state: CardState, day: date, parameters: tuple[float, ...] | None = None) -> float:
    """The probability that a card is recalled on a day: FSRS-6's forgetting curve, without importing it.

    `parameters` are those that scheduled the card; None means FSRS's defaults.
    """
    decay = parameters[-1] if parameters else DECAY
    elapsed = max((day - state.last_day).days, 0)
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * elapsed / state.stability) ** -decay)


def _recalls(events: Sequence[Event]) -> Iterable[tuple[date, bool, float]]:
    """(day, recalled, expected) of every review on a later day than the one before: a true test of memory."""
    from llmprep.memory import schedule

    states: dict[str, CardState] = {}
    used: dict[str, tuple[float, ...] | None] = {}
    for event in events:
        if event.kind != "review" or event.card is None or event.rating is None:
            continue
        before = states.get(event.card)
        revision, retention = event.revision or 1, event.retention or 0.9
        if before is not None and before.revision >= revision and event.day > before.last_day:
            yield event.day, event.rating > 1, recall_probability(before, event.day, used[event.card])
        used[event.card] = parameters_of(event)
        states[event.card] = schedule.review(
            before, event.card, revision, event.rating, event.at, event.day, retention, used[event.card]
        )


def _share(recalls: Sequence[tuple[date, bool, float]]) -> Share:
    return Share(sum(right for _, right, _ in recalls), len(recalls))


def _streak(days: Mapping[date, int], today: date) -> int:
    day = today if days.get(today) else today - timedelta(days=1)
    length = 0
    while days.get(day):
        length += 1
        day -= timedelta(days=1)
    return length


def _forecast(store: Store, today: date, days: int) -> tuple[int, ...]:
    ends = [store.clock.day_start(today + timedelta(days=ahead + 1)) for ahead in range(days)]
    counts = [store.count_due("", end - timedelta(microseconds=1)) for end in ends]
    return tuple(later - earlier for earlier, later in zip([0, *counts], counts, strict=False))


# ---------------------------------------------------------------- topics and readiness


def mastery(catalogue: Catalogue, store: Store) -> tuple[Mastery, ...]:
    """Every topic, the weakest first; of equals the one that is asked more."""
    today, parameters = store.clock.today(), store.fitted()
    seen: dict[str, int] = defaultdict(int)
    recalled: dict[str, float] = defaultdict(float)
    for state in store.states("question/"):
        name = state.card.removeprefix("question/")
        if catalogue.has("question", name):
            topic = catalogue.place("question", name).topic
            seen[topic] += 1
            recalled[topic] += recall_probability(state, today, parameters)
    found = []
    for topic, about in catalogue.topics().items():
        of = catalogue.count("question", topic)
        if of:
            share, weight = recalled[topic] / of, about.asked + LEAST_WEIGHT
            found.append(Mastery(topic, about.title, seen[topic], of, share, weight))
    return tuple(sorted(found, key=lambda one: (one.recalled, -one.weight)))


def readiness(catalogue: Catalogue, store: Store, topics: Sequence[Mastery], recalls: Share) -> Readiness:
    """Simulated interviews: topics as often as they are asked, each question answered with its probability.

    How far the learner's real recall lies from what the schedule expects is not known exactly: each simulated
    interview draws it from the Beta distribution that the recalls so far leave (a uniform one at first).
    """
    if not topics:
        return Readiness(0.0, 0, 0, recalls.of)
    generator = random.Random(store.counts().day.toordinal())
    weights = [topic.weight for topic in topics]
    scores = []
    for _ in range(SIMULATED_INTERVIEWS):
        real = generator.betavariate(1 + recalls.right, 1 + recalls.of - recalls.right)
        factor = real / (recalls.value or 0.5) if recalls.of else 2 * real
        asked = generator.choices(topics, weights, k=INTERVIEW_QUESTIONS)
        scores.append(sum(generator.random() < min(topic.recalled * factor, 1.0) for topic in asked))
    scores.sort()
    low, high = scores[len(scores) // 10], scores[-len(scores) // 10]
    return Readiness(sum(scores) / len(scores), low, high, recalls.of)


# ---------------------------------------------------------------- drills and talks


def _drill_times(catalogue: Catalogue, events: Sequence[Event]) -> tuple[DrillTime, ...]:
    """Drills in the order of the latest attempt, the latest first."""
    opened: dict[str, Event] = {}
    seconds: dict[str, list[float]] = defaultdict(list)
    attempts: Counter[str] = Counter()
    passed: dict[str, bool] = {}
    order: dict[str, int] = {}
    for event in events:
        card = event.card or ""
        if not card.startswith("drill/"):
            continue
        if event.kind == "visit":
            opened[card] = event
        elif event.kind == "attempt":
            attempts[card] += 1
            order[card] = event.id
            passed[card] = passed.get(card, False) or bool(event.payload.get("passed"))
            start = opened.pop(card, None) if event.payload.get("passed") else None
            if start is not None and event.at - start.at < LONGEST_SITTING:
                seconds[card].append((event.at - start.at).total_seconds())
    found = []
    for card in sorted(order, key=lambda name: -order[name]):
        name = card.removeprefix("drill/")
        if catalogue.has("drill", name):
            title = catalogue.place("drill", name).title
            found.append(DrillTime(name, title, tuple(seconds[card]), attempts[card], passed[card]))
    return tuple(found)


def _talks(catalogue: Catalogue, events: Sequence[Event]) -> tuple[tuple[str, float, int], ...]:
    last: dict[str, float] = {}
    for event in events:
        card = event.card or ""
        if card.startswith("paper/") and event.kind == "review":
            last[card.removeprefix("paper/")] = sum(event.payload.get("seconds", ()))
    return tuple(
        (name, seconds, sum(beat.seconds for beat in catalogue.paper(name).beats))
        for name, seconds in last.items()
        if catalogue.has("paper", name)
    )
