"""The plan: within the hours, the most asked and least known first, nothing new at the end, and it adapts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.store import Store
from llmprep.practice.statistics import mastery
from llmprep.practice.study_plan import LAST_DAYS, MINUTES_PER_REVIEW, Plan, commands, make_plan

Move = Callable[[str], None]
UNTIL = date(2026, 12, 13)


@pytest.fixture
def ours() -> Catalogue:
    return Catalogue.open()


def begun(plan: Plan) -> dict[str, int]:
    """New cards of each topic in the whole plan."""
    found: dict[str, int] = {}
    for day in plan.days:
        for topic, count in day.new:
            found[topic] = found.get(topic, 0) + count
    return found


def test_every_day_up_to_the_interview_is_planned(ours: Catalogue, store: Store) -> None:
    plan = make_plan(ours, store, UNTIL, 1.5)
    assert [day.day for day in plan.days] == [date(2026, 11, 22) + timedelta(days=n) for n in range(21)]
    assert all(not day.new and not day.drills and not day.papers for day in plan.days[-LAST_DAYS:])
    assert any(day.interview for day in plan.days)


@pytest.mark.parametrize("hours", [0.5, 1.5, 4.0])
def test_the_hours_are_kept_on_average(ours: Catalogue, store: Store, hours: float) -> None:
    plan = make_plan(ours, store, UNTIL, hours)
    work = plan.days[:-LAST_DAYS]
    assert sum(day.minutes for day in work) <= 1.2 * 60 * hours * len(work)
    assert sum(day.minutes for day in work) >= 0.7 * 60 * hours * len(work)


def test_more_hours_begin_more(ours: Catalogue, store: Store) -> None:
    little, much = (make_plan(ours, store, UNTIL, hours) for hours in (1.0, 3.0))
    assert sum(begun(much).values()) > sum(begun(little).values())
    assert all(few >= many for few, many in zip(little.left_out, much.left_out, strict=True))


def test_nothing_is_planned_twice(ours: Catalogue, store: Store) -> None:
    plan = make_plan(ours, store, date(2027, 3, 1), 6.0)
    drills = [name for day in plan.days for name in day.drills]
    papers = [name for day in plan.days for name in day.papers]
    assert len(drills) == len(set(drills)) and len(papers) == len(set(papers))
    counted = begun(plan)
    assert all(counted[topic] <= ours.count("question", topic) for topic in counted)


def test_what_is_asked_more_comes_first_and_what_is_known_later(ours: Catalogue, store: Store) -> None:
    weights = {one.topic: one.weight for one in mastery(ours, store)}
    first = dict(make_plan(ours, store, UNTIL, 1.5).days[0].new)
    assert max(first, key=first.__getitem__) == max(weights, key=weights.__getitem__)
    topic = max(first, key=first.__getitem__)
    for name in list(ours.ordered_ids("question", topic)):
        store.record_review(f"question/{name}", 1, 4, {})
    assert topic not in begun(make_plan(ours, store, UNTIL, 1.5))


def test_due_cards_take_their_time_first(ours: Catalogue, store: Store, at: Move) -> None:
    at("2026-11-10T20:00")
    for name in list(ours.ordered_ids("question"))[:60]:
        store.record_review(f"question/{name}", 1, 1, {})
    at("2026-11-22T20:00")
    day = make_plan(ours, store, UNTIL, 1.0).days[0]
    assert day.due == 60
    assert day.new_cards == 0 and not day.drills
    assert day.minutes == 60 * MINUTES_PER_REVIEW
    assert commands(day) == ["llmprep quiz --new 0"]


def test_what_was_done_today_is_taken_off(ours: Catalogue, store: Store) -> None:
    before = make_plan(ours, store, UNTIL, 1.0).days[0]
    for name in list(ours.ordered_ids("question"))[:20]:
        store.record_review(f"question/{name}", 1, 4, {})
    after = make_plan(ours, store, UNTIL, 1.0).days[0]
    assert after.new_cards < before.new_cards


def test_a_day_before_the_interview_there_is_still_a_plan(ours: Catalogue, store: Store) -> None:
    [day] = make_plan(ours, store, date(2026, 11, 23), 1.0).days
    assert (day.new, day.drills, day.papers) == ((), (), ())
