"""Rehearsing a talk: points, time, and what is recorded when it ends or is broken off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.store import Store
from llmprep.practice.talk import Rehearsal, next_paper

Move = Callable[[str], None]


@pytest.fixture
def rehearsal(catalogue: Catalogue, store: Store) -> Rehearsal:
    """A rehearsal of the first talk, not begun."""
    return Rehearsal("first", catalogue.paper("first"), store)


def tell(rehearsal: Rehearsal, seconds: float, points: int) -> None:
    """Tell every beat in `seconds` with its first `points` points."""
    for beat_time in rehearsal.times:
        beat_time.seconds = seconds
        beat_time.told = True
        beat_time.said = set(range(points))


def test_points_and_time_are_added_up(rehearsal: Rehearsal) -> None:
    tell(rehearsal, 40.5, 1)
    assert rehearsal.planned == 300
    assert rehearsal.seconds == 5 * 40.5
    assert rehearsal.had() == (5, 10)
    assert [(beat.name, index) for beat, index in rehearsal.missed()] == [
        ("background", 1), ("core", 1), ("details", 1), ("impact", 1), ("followups", 1)
    ]  # fmt: skip
    assert [beat_time.over for beat_time in rehearsal.times] == [10.5, 0.0, 0.0, 10.5, 0.0]


@pytest.mark.parametrize(
    ("seconds", "points", "rating"), [(60, 2, 3), (72, 2, 3), (73, 2, 2), (60, 1, 2), (73, 1, 2), (60, 0, 1)]
)
def test_the_rating_suggested(rehearsal: Rehearsal, seconds: float, points: int, rating: int) -> None:
    """All points in time is good; a fifth over time, or half of the points, is hard."""
    tell(rehearsal, seconds, points)
    assert rehearsal.suggestion() == rating


def test_a_finished_rehearsal_is_a_review(rehearsal: Rehearsal, store: Store) -> None:
    tell(rehearsal, 61.26, 2)
    promised = rehearsal.intervals()[3]
    reviewed = rehearsal.finish(3)
    assert reviewed.after.interval == promised
    [event] = store.events("paper/")
    assert (event.kind, event.card, event.rating) == ("review", "paper/first", 3)
    assert event.payload == {"seconds": [61.3] * 5, "said": [[0, 1]] * 5, "had": 10, "of": 10}
    assert not rehearsal.stop()
    assert len(list(store.events("paper/"))) == 1


def test_one_that_is_broken_off_is_logged_and_not_scheduled(rehearsal: Rehearsal, store: Store) -> None:
    assert not rehearsal.stop()
    rehearsal.times[0].seconds = 12.0  # in the middle of the first beat
    assert not rehearsal.stop()
    assert list(store.events()) == []
    rehearsal.times[0].told = True
    assert rehearsal.stop()
    [event] = store.events("paper/")
    assert (event.kind, event.rating) == ("talk", None)
    assert event.payload["seconds"] == [12.0, 0.0, 0.0, 0.0, 0.0]
    assert store.state("paper/first") is None


def test_the_next_talk_is_due_or_else_the_first_never_told(
    catalogue: Catalogue, store: Store, at: Move
) -> None:
    assert next_paper(catalogue, store) == "first"
    Rehearsal("first", catalogue.paper("first"), store).finish(4)
    assert next_paper(catalogue, store) == "second"
    Rehearsal("second", catalogue.paper("second"), store).finish(1)
    assert next_paper(catalogue, store) is None
    at("2026-11-23T20:00")
    assert next_paper(catalogue, store) == "second"
