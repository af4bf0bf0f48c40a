"""A schedule fitted to the learner's own log: judged on what it has not seen, and replayed bit for bit."""

from __future__ import annotations

import random
from collections.abc import Callable

import fsrs
import pytest

from llmprep.memory import fitting
from llmprep.memory.settings import Settings
from llmprep.memory.store import FITTED, Store, open_store

Move = Callable[[str], None]
FORGETFUL = tuple(
    value * (0.5 if number < 4 else 1.0) for number, value in enumerate(fsrs.Scheduler().parameters)
)


def test_fitted_parameters_change_what_follows_and_nothing_before(store: Store, at: Move) -> None:
    at("2026-11-01T20:00")
    for name in ("a", "b"):
        store.record_review(f"question/{name}", 1, 4, {})
    before = store.states()
    store.record_fit(FORGETFUL, 600)
    assert store.states() == before
    promised = store.preview("question/c")
    store.record_review("question/c", 1, 4, {"mine": 1})
    state = store.state("question/c")
    assert state is not None and before[0].stability == pytest.approx(2 * state.stability, rel=1e-3)
    assert promised[4] == state.interval
    event = store.last_review()
    assert event is not None and event.payload["mine"] == 1 and len(event.payload[FITTED]) == 21


def test_a_fitted_schedule_is_rebuilt_from_the_log_alone(store: Store, at: Move) -> None:
    store.record_fit(FORGETFUL, 600)
    for day in range(1, 9):
        at(f"2026-11-{day:02d}T20:00")
        for name in ("a", "b", "c"):
            store.record_review(f"question/{name}", 1, (day % 4) + 1, {})  # type: ignore[arg-type]
    store.undo_last()
    states = store.states()
    store.rebuild()
    assert store.states() == states
    with open_store(Settings()) as other:
        assert other.states() == states


def test_wrong_parameters_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="21 parameters"):
        store.record_fit([1.0, 2.0], 600)


def test_a_short_log_is_not_fitted(store: Store) -> None:
    store.record_review("question/a", 1, 3, {})
    with pytest.raises(fitting.TooFew) as few:
        fitting.fit(store)
    assert few.value.reviews == 1


def test_a_learner_unlike_the_average_is_foretold_better(store: Store, at: Move) -> None:
    """One who never forgets: the defaults expect a tenth of the recalls to fail."""
    pytest.importorskip("pandas", reason="FSRS's optimiser needs the extra `fit`")
    draw = random.Random(5)
    for day in range(40):
        at(f"2026-{8 + day // 28:02d}-{day % 28 + 1:02d}T20:00")
        due = [due.card for due in store.due("question/", store.clock.end_of_today())]
        for card in due[:60]:
            store.record_review(card, 1, draw.choice((3, 3, 4)), {})
        for number in range(12):
            store.record_review(f"question/{day}-{number}", 1, 3, {})
    found = fitting.fit(store)
    assert found.reviews >= fitting.ENOUGH_REVIEWS
    assert found.judged > 30
    assert found.is_better and found.loss_after < 0.8 * found.loss_before
    store.record_fit(found.parameters, found.reviews)
    assert store.preview("question/new")[3] is not None
