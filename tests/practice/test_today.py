"""The first screen's numbers, over evenings that end after midnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.store import Store
from llmprep.practice.quiz import Quiz, QuizOptions
from llmprep.practice.talk import Rehearsal
from llmprep.practice.today import Today, look

Move = Callable[[str], None]


@pytest.fixture
def today(catalogue: Catalogue, store: Store) -> Callable[..., Today]:
    """Looks at the day."""
    return lambda new_per_day=10: look(catalogue, store, new_per_day)


def test_a_newcomer(today: Callable[..., Today]) -> None:
    seen = today()
    assert (seen.due_questions, seen.due_drills, seen.due_papers) == (0, 0, 0)
    assert seen.new_questions == 8  # there are no more, though ten are wished
    assert today(3).new_questions == 3
    assert (seen.questions, seen.drills, seen.papers) == ((0, 8), (0, 3), (0, 2))
    assert (seen.done_today, seen.streak, seen.last) == (0, 0, None)
    assert (seen.drill, seen.paper) == ("double", "first")
    assert seen.next_step == ("quiz", None)


def test_what_was_done_is_counted(today: Callable[..., Today], catalogue: Catalogue, store: Store) -> None:
    quiz = Quiz(catalogue, store, QuizOptions(limit=2))
    while quiz.current() is not None:
        quiz.rate(4, {})
    store.record_review("drill/double", 1, 3, {})
    seen = today()
    assert (seen.questions, seen.drills) == ((2, 8), (1, 3))
    assert seen.new_questions == 6
    assert today(3).new_questions == 1
    assert seen.done_today == 3
    assert seen.last == ("drill", "double", date(2026, 11, 22))
    store.undo_last()
    assert today().done_today == 2


@pytest.mark.parametrize(
    ("due", "step"),
    [
        (["question/a-one", "drill/treble", "paper/second"], ("quiz", None)),
        (["drill/treble", "paper/second"], ("drill", "treble")),
        (["paper/second"], ("explain", "second")),
    ],
)
def test_what_is_due_comes_first(
    today: Callable[..., Today], store: Store, at: Move, due: list[str], step: tuple[str, str | None]
) -> None:
    at("2026-11-01T20:00")
    for card in due:
        store.record_review(card, 1, 3, {})
    at("2026-11-22T20:00")
    seen = today()
    assert seen.next_step == step
    assert seen.due_questions + seen.due_drills + seen.due_papers == len(due)


def test_without_new_questions_a_drill_is_next_then_a_talk(today: Callable[..., Today], store: Store) -> None:
    assert today(0).next_step == ("drill", "double")
    for name in ("double", "treble", "four-fold"):
        store.record_review(f"drill/{name}", 1, 4, {})
    assert today(0).next_step == ("explain", "first")
    for name in ("first", "second"):
        store.record_review(f"paper/{name}", 1, 4, {})
    seen = today(0)
    assert seen.next_step == ("quiz", None)
    assert (seen.drill, seen.paper) == (None, None)


def test_the_day_turns_at_four(today: Callable[..., Today], store: Store, at: Move) -> None:
    at("2026-11-22T23:30")
    store.record_review("question/a-one", 1, 4, {})
    at("2026-11-23T02:00")
    store.record_review("question/a-two", 1, 4, {})
    at("2026-11-23T03:59")
    assert today().done_today == 2
    assert today(2).new_questions == 0
    at("2026-11-23T04:00")
    seen = today(2)
    assert (seen.done_today, seen.new_questions, seen.streak) == (0, 2, 1)


def test_the_streak_counts_evenings(today: Callable[..., Today], store: Store, at: Move) -> None:
    for moment in ("17T20:00", "19T20:00", "20T20:00", "22T01:00"):  # the last belongs to the 21st
        at(f"2026-11-{moment}")
        store.record_review("question/a-one", 1, 3, {})
    at("2026-11-22T20:00")
    assert today().streak == 3  # it lasts until this evening has passed without practice
    store.record_review("question/a-one", 1, 3, {})
    assert today().streak == 4
    at("2026-11-24T20:00")
    assert today().streak == 0


def test_where_one_stopped(today: Callable[..., Today], catalogue: Catalogue, store: Store, at: Move) -> None:
    store.record_event("visit", "drill/treble", {})
    assert today().last == ("drill", "treble", date(2026, 11, 22))
    cram = Quiz(catalogue, store, QuizOptions(cram=True), seed=1)
    question = cram.current()
    assert question is not None
    cram.rate(3, {})
    assert today().last == ("quiz", question.id, date(2026, 11, 22))
    rehearsal = Rehearsal("first", catalogue.paper("first"), store)
    rehearsal.times[0].told = True
    rehearsal.stop()
    at("2026-11-25T20:00")
    assert today().last == ("explain", "first", date(2026, 11, 22))
