"""One evening at a glance: what is due, where the learner stopped, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from llmprep.content.catalogue import Catalogue
from llmprep.memory.store import Store
from llmprep.practice.drill import next_drill
from llmprep.practice.talk import next_paper

STREAK_LOOK_BACK = 400
Activity = Literal["quiz", "drill", "explain"]


@dataclass(frozen=True)
class Today:
    """The numbers of the first screen.

    Attributes:
        last: the latest thing done: (activity, item id, the learner's day of it).
        streak: days in a row with at least one thing done, counted from the log, today or up to yesterday.
        next_step: the command to continue with: an activity and what to give it.
    """

    due_questions: int
    due_drills: int
    due_papers: int
    new_questions: int
    questions: tuple[int, int]
    drills: tuple[int, int]
    papers: tuple[int, int]
    done_today: int
    streak: int
    last: tuple[Activity, str, date] | None
    next_step: tuple[Activity, str | None]
    drill: str | None
    paper: str | None


def look(catalogue: Catalogue, store: Store, new_per_day: int) -> Today:
    """What the first screen shows."""
    end = store.clock.end_of_today()
    due = {kind: store.count_due(f"{kind}/", end) for kind in ("question", "drill", "paper")}
    seen = {kind: len(store.seen(f"{kind}/")) for kind in ("question", "drill", "paper")}
    total = {kind: catalogue.count(kind) for kind in ("question", "drill", "paper")}
    unseen = max(total["question"] - seen["question"], 0)
    new = min(max(new_per_day - store.new_today("question/"), 0), unseen)
    drill, paper = next_drill(catalogue, store), next_paper(catalogue, store)
    return Today(
        due["question"], due["drill"], due["paper"], new,
        (seen["question"], total["question"]), (seen["drill"], total["drill"]),
        (seen["paper"], total["paper"]),
        store.counts().reviews, _streak(store), _last(store),
        _next_step(due, new, drill, paper), drill, paper,
    )  # fmt: skip


def _next_step(
    due: dict[str, int], new: int, drill: str | None, paper: str | None
) -> tuple[Activity, str | None]:
    if due["question"]:
        return "quiz", None
    if due["drill"] and drill:
        return "drill", drill
    if due["paper"] and paper:
        return "explain", paper
    if new:
        return "quiz", None
    if drill:
        return "drill", drill
    return ("explain", paper) if paper else ("quiz", None)


def _last(store: Store) -> tuple[Activity, str, date] | None:
    activities: dict[str, Activity] = {"question": "quiz", "drill": "drill", "paper": "explain"}
    found = [store.last_event(kind) for kind in ("review", "attempt", "cram", "talk", "visit")]
    events = [event for event in found if event is not None and event.card is not None]
    if not events:
        return None
    latest = max(events, key=lambda event: event.id)
    assert latest.card is not None
    kind, _, name = latest.card.partition("/")
    return activities.get(kind, "quiz"), name, latest.day


def _streak(store: Store) -> int:
    day = store.clock.today()
    if not store.counts(day=day).reviews:
        day -= timedelta(days=1)
    length = 0
    while length < STREAK_LOOK_BACK and store.counts(day=day).reviews:
        length += 1
        day -= timedelta(days=1)
    return length
