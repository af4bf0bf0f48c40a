"""Statistics follow from the log: undone answers do not count, forecasts add up, estimates say how sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.store import Store
from llmprep.practice.statistics import DECAY, Share, recall_probability, statistics

Move = Callable[[str], None]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 0, 0.0, 1.0), (9, 10, 0.596, 0.982), (50, 100, 0.404, 0.596), (5, 5, 0.566, 1.0)],
)
def test_wilson_intervals(right: int, of: int, low: float, high: float) -> None:
    """Values of Wilson (1927) as tables give them."""
    assert Share(right, of).interval() == pytest.approx((low, high), abs=1e-3)


def test_nothing_is_known_at_first(catalogue: Catalogue, store: Store) -> None:
    found = statistics(catalogue, store)
    assert (found.reviews, found.days, found.streak) == (0, {}, 0)
    assert found.retention.value is None and found.predicted is None
    assert sum(found.forecast) == 0
    assert found.readiness.is_guess and found.readiness.expected == 0
    assert all(topic.recalled == 0 for topic in found.topics)


def test_only_recalls_on_a_later_day_test_memory(catalogue: Catalogue, store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    for _ in range(3):
        store.record_review("question/a-one", 1, 3, {})
    assert statistics(catalogue, store).retention.of == 0
    at("2026-11-08T20:00")
    store.record_review("question/a-one", 1, 1, {})
    at("2026-11-12T20:00")
    store.record_review("question/a-one", 1, 3, {})
    found = statistics(catalogue, store)
    assert (found.retention.right, found.retention.of) == (1, 2)
    assert found.predicted is not None and 0.5 < found.predicted < 1


def test_undone_answers_do_not_count(catalogue: Catalogue, store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    store.record_review("question/a-one", 1, 3, {})
    before = statistics(catalogue, store)
    store.record_review("question/a-two", 1, 1, {})
    store.undo_last()
    after = statistics(catalogue, store)
    assert after.reviews == before.reviews == 1
    assert after.days == before.days
    assert after.topics == before.topics


def test_the_forecast_holds_every_card_once(catalogue: Catalogue, store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    for name in ("a-one", "a-two", "b-one"):
        store.record_review(f"question/{name}", 1, 4, {})
    found = statistics(catalogue, store, forecast_days=60)
    assert sum(found.forecast) == 3
    due = [state.due_day for state in store.states("question/")]
    for day in due:
        assert day is not None
        assert found.forecast[(day - found.today).days] > 0


def test_recall_falls_to_nine_tenths_after_the_stability(store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    store.record_review("question/a-one", 1, 4, {})
    [state] = store.states()
    whole = round(state.stability)
    assert recall_probability(state, state.last_day) == 1
    near = [recall_probability(state, state.last_day + timedelta(days=whole + step)) for step in (-1, 1)]
    assert near[0] > 0.9 - 0.03 and near[0] > near[1]
    assert min(near) < 0.9 < max(near) or abs(near[0] - 0.9) < 0.02


def test_the_forgetting_curve_is_the_packages(store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    store.record_review("question/a-one", 1, 4, {})
    [state] = store.states()
    scheduler = fsrs.Scheduler()
    assert scheduler.parameters[20] == DECAY
    day = datetime(2026, 11, 1, tzinfo=UTC)
    card = fsrs.Card(card_id=1, stability=state.stability, due=day, last_review=day)
    for days in (0, 1, 10, 300):
        expected = scheduler.get_card_retrievability(card, day + timedelta(days=days))
        assert recall_probability(state, state.last_day + timedelta(days=days)) == pytest.approx(expected)


def test_the_curve_is_the_learners_own_once_it_is_fitted(
    catalogue: Catalogue, store: Store, at: Move
) -> None:
    own = (*fsrs.Scheduler().parameters[:-1], 0.6)
    at("2026-11-01T20:00")
    store.record_fit(own, 500)
    store.record_review("question/a-one", 1, 4, {})
    [state] = store.states()
    day = datetime(2026, 11, 1, tzinfo=UTC)
    card = fsrs.Card(card_id=1, stability=state.stability, due=day, last_review=day)
    at("2027-06-01T20:00")
    days = (store.clock.today() - state.last_day).days
    expected = fsrs.Scheduler(own).get_card_retrievability(card, day + timedelta(days=days))
    assert recall_probability(state, store.clock.today(), own) == pytest.approx(expected)
    found = statistics(catalogue, store)
    assert sum(topic.recalled * topic.of for topic in found.topics) == pytest.approx(expected)
    store.record_review("question/a-one", 1, 3, {})
    assert statistics(catalogue, store).predicted == pytest.approx(expected)


def test_mastery_grows_and_the_weakest_topic_is_first(catalogue: Catalogue, store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    for name in catalogue.ordered_ids("question", "beta"):
        store.record_review(f"question/{name}", 1, 3, {})
    found = statistics(catalogue, store)
    assert [topic.topic for topic in found.topics] == ["alpha", "beta"]
    assert found.topics[1].seen == found.topics[1].of
    assert found.topics[1].recalled == pytest.approx(1.0)
    at("2027-11-01T20:00")
    assert statistics(catalogue, store).topics[1].recalled < 0.8


def test_readiness_rises_with_what_is_known_and_narrows_with_recalls(
    catalogue: Catalogue, store: Store, at: Move
) -> None:
    at("2026-11-01T20:00")
    names = [f"question/{name}" for name in catalogue.ordered_ids("question")]
    store.record_review(names[0], 1, 3, {})
    little = statistics(catalogue, store).readiness
    for name in names[1:]:
        store.record_review(name, 1, 3, {})
    much = statistics(catalogue, store).readiness
    assert much.expected > little.expected
    for day in range(2, 9):
        at(f"2026-11-0{day}T20:00")
        for name in names:
            store.record_review(name, 1, 3, {})
    sure = statistics(catalogue, store).readiness
    assert not sure.is_guess
    assert sure.high - sure.low < much.high - much.low


def test_drill_times_run_from_opening_to_passing(catalogue: Catalogue, store: Store, at: Move) -> None:
    name = next(catalogue.ordered_ids("drill"))
    at("2026-11-01T20:00")
    store.record_event("visit", f"drill/{name}")
    at("2026-11-01T20:05")
    store.record_event("attempt", f"drill/{name}", {"passed": False})
    at("2026-11-01T20:12")
    store.record_event("attempt", f"drill/{name}", {"passed": True})
    at("2026-11-02T20:00")
    store.record_event("attempt", f"drill/{name}", {"passed": True})
    [drill] = statistics(catalogue, store).drills
    assert (drill.drill, drill.seconds, drill.attempts, drill.passed) == (name, (720.0,), 3, True)


def test_a_streak_is_of_days_in_a_row(catalogue: Catalogue, store: Store, at: Move) -> None:
    for day in ("2026-11-01", "2026-11-03", "2026-11-04", "2026-11-05"):
        at(f"{day}T20:00")
        store.record_review("question/a-one", 1, 3, {})
    at("2026-11-06T20:00")
    assert statistics(catalogue, store).streak == 3
    at("2026-11-07T20:00")
    assert statistics(catalogue, store).streak == 0
