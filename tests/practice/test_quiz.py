"""What a quiz asks next, what it finds right, and what a rating does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.records import Rating
from llmprep.memory.store import Store
from llmprep.practice.quiz import Asked, Quiz, QuizOptions

Move = Callable[[str], None]


@pytest.fixture
def begin(catalogue: Catalogue, store: Store) -> Callable[..., Quiz]:
    """Begins a session."""

    def start(seed: int | None = None, **options: Any) -> Quiz:
        return Quiz(catalogue, store, QuizOptions(**options), seed)

    return start


def asked(quiz: Quiz) -> Asked:
    """The question to answer now."""
    question = quiz.current()
    assert question is not None
    return question


def run(quiz: Quiz, rating: Rating = 3, at_most: int = 50) -> list[str]:
    """Rate every question alike; their ids in the order asked."""
    names: list[str] = []
    while len(names) < at_most and (question := quiz.current()) is not None:
        names.append(question.id)
        quiz.rate(rating, {})
    return names


# ------------------------------------------------------------------ the order


def test_new_questions_come_by_level_then_as_their_authors_ordered_them(begin: Callable[..., Quiz]) -> None:
    # a-one is followed up at once; the others by level, then position, then topic
    assert run(begin(), 4) == [
        "a-one",
        "b-follow",
        "a-two",
        "b-one",
        "a-choice",
        "a-computed",
        "a-deep",
        "a-deeper",
    ]


def test_a_follow_up_comes_right_after_its_question_and_says_so(begin: Callable[..., Quiz]) -> None:
    quiz = begin()
    assert asked(quiz).follows is None
    quiz.rate(4, {})
    follow_up = asked(quiz)
    assert (follow_up.id, follow_up.follows) == ("b-follow", "a-one")
    quiz.rate(4, {})
    assert asked(quiz).follows is None


def test_a_chain_goes_as_deep_as_its_questions_lead(begin: Callable[..., Quiz], catalogue: Catalogue) -> None:
    quiz = begin(topic="alpha")  # b-follow is of another topic, so that a-deep is the follow-up
    names = run(quiz, 4)
    assert names[:3] == ["a-one", "a-deep", "a-deeper"]
    assert set(names) == set(catalogue.ordered_ids("question", "alpha"))


def test_due_cards_come_before_new_ones_and_longest_waiting_first(
    begin: Callable[..., Quiz], store: Store, at: Move
) -> None:
    at("2026-11-20T20:00")
    store.record_review("question/b-one", 1, 3, {})
    at("2026-11-21T20:00")
    store.record_review("question/a-two", 1, 3, {})
    at("2026-11-22T20:00")
    quiz = begin()
    assert quiz.waiting() == 2
    first = asked(quiz)
    assert (first.id, first.stage) == ("b-one", "learning")
    assert run(quiz, 4)[:3] == ["b-one", "a-two", "a-one"]


def test_a_card_forgotten_comes_back_the_same_evening_when_nothing_new_is_left(
    begin: Callable[..., Quiz],
) -> None:
    quiz = begin(new=2)
    first = asked(quiz).id
    quiz.rate(1, {})
    second = asked(quiz).id
    quiz.rate(4, {})
    again = asked(quiz)
    assert again.id == first != second
    assert again.stage == "learning"
    quiz.rate(4, {})
    assert quiz.current() is None


def test_cards_of_tomorrow_are_not_asked_today(begin: Callable[..., Quiz], store: Store, at: Move) -> None:
    run(begin(), 4)
    assert store.count_due("question/", store.clock.end_of_today()) == 0
    assert begin().current() is None
    at("2027-01-31T20:00")
    assert begin().waiting() == 8


def test_a_question_that_was_withdrawn_is_not_asked_and_keeps_its_history(
    begin: Callable[..., Quiz], store: Store, at: Move
) -> None:
    store.record_review("question/long-gone", 1, 1, {})
    at("2026-11-25T20:00")
    assert "long-gone" not in run(begin(), 4)
    assert store.state("question/long-gone") is not None


def test_a_raised_revision_makes_a_card_new_again(
    begin: Callable[..., Quiz], store: Store, content: Path, catalogue: Catalogue
) -> None:
    store.record_review("question/a-two", 1, 4, {})
    bank = content / "questions" / "alpha.yaml"
    text = bank.read_text(encoding="utf-8")
    head, tail = text.split("id: a-two", 1)
    bank.write_text(head + "id: a-two" + tail.replace("revision: 1", "revision: 2", 1), encoding="utf-8")
    quiz = Quiz(Catalogue.open(content), store, QuizOptions(topic="alpha", new=20))
    stages: dict[str, str] = {}
    while (question := quiz.current()) is not None:
        stages[question.id] = question.stage
        quiz.rate(4, {})
    assert stages["a-two"] == "new"
    state = store.state("question/a-two")
    assert state is not None and state.revision == 2 and state.reps == 1


# ------------------------------------------------------------------ the limits


def test_the_limit_counts_answers(begin: Callable[..., Quiz]) -> None:
    quiz = begin(limit=3)
    assert len(run(quiz, 1)) == 3
    assert quiz.current() is None
    assert [answer.asked.id for answer in quiz.summary().answered] == ["a-one", "b-follow", "a-two"]


def test_new_questions_are_counted_over_the_day_not_the_session(
    begin: Callable[..., Quiz], store: Store, at: Move
) -> None:
    assert len(run(begin(new=2), 4)) == 2
    assert begin(new=2).current() is None
    assert len(run(begin(new=3), 4)) == 1
    at("2026-11-23T03:59")  # the evening goes on after midnight
    assert begin(new=3).current() is None
    at("2026-11-23T04:00")
    assert len(run(begin(new=3), 4)) == 3


def test_no_new_questions_when_none_are_wished(begin: Callable[..., Quiz], store: Store) -> None:
    store.record_review("question/a-one", 1, 1, {})
    assert run(begin(new=0), 4) == ["a-one"]


def test_one_topic_only(begin: Callable[..., Quiz]) -> None:
    assert run(begin(topic="beta"), 4) == ["b-one", "b-follow"]


# ------------------------------------------------------------------ cramming


def test_cramming_asks_everything_once_and_schedules_nothing(
    begin: Callable[..., Quiz], store: Store, catalogue: Catalogue
) -> None:
    quiz = begin(seed=3, cram=True)
    names = run(quiz, 1)
    assert sorted(names) == sorted(catalogue.ordered_ids("question"))
    assert names != list(catalogue.ordered_ids("question"))
    assert store.seen() == set()
    assert quiz.waiting() == 0
    crammed = list(store.events("question/", "cram"))
    assert [event.card for event in crammed] == [f"question/{name}" for name in names]
    assert all(event.rating == 1 for event in crammed)


def test_cramming_follows_up_too_and_cannot_be_undone(begin: Callable[..., Quiz]) -> None:
    quiz = begin(seed=1, cram=True)
    while asked(quiz).id != "a-deep":
        quiz.rate(3, {})
    quiz.rate(3, {})
    following = quiz.current()
    already = {answer.asked.id for answer in quiz.answered}
    assert "a-deeper" in already or (following is not None and following.id == "a-deeper")
    assert not quiz.can_undo()
    assert quiz.undo() is None


# ------------------------------------------------------------------ undo


def test_undo_puts_everything_back(begin: Callable[..., Quiz], store: Store, at: Move) -> None:
    at("2026-11-20T20:00")
    store.record_review("question/b-one", 1, 3, {})
    at("2026-11-22T20:00")
    before = store.state("question/b-one")
    quiz = begin(new=1)
    assert asked(quiz).id == "b-one"
    quiz.rate(1, {})
    assert store.state("question/b-one") != before
    assert asked(quiz).id == "a-one"
    undone = quiz.undo()
    assert undone is not None and undone.id == "b-one"
    assert asked(quiz).id == "b-one"
    assert store.state("question/b-one") == before
    quiz.rate(4, {})
    assert asked(quiz).id == "a-one"  # the question that was interrupted is not lost
    assert quiz.summary().waiting == 0


def test_undo_gives_a_new_question_of_the_day_back(begin: Callable[..., Quiz], store: Store) -> None:
    quiz = begin(new=2)
    first = asked(quiz).id
    quiz.rate(4, {})
    second = asked(quiz).id
    assert quiz.undo() is not None
    assert store.new_today("question/") == 0
    assert run(quiz, 4) == [first, second]
    assert store.new_today("question/") == 2


def test_undo_twice_goes_back_two_questions(begin: Callable[..., Quiz], store: Store) -> None:
    quiz = begin()
    order = run(quiz, 4, at_most=2)
    third = asked(quiz).id
    assert [asked_again.id for asked_again in (quiz.undo(), quiz.undo()) if asked_again] == order[::-1]
    assert quiz.undo() is None
    assert store.seen() == set()
    assert run(quiz, 4, at_most=3) == [*order, third]
    assert len(list(store.events(kind="undo"))) == 2


def test_undo_takes_back_this_card_and_not_one_whose_name_goes_on(
    begin: Callable[..., Quiz], store: Store, at: Move
) -> None:
    """`a-deeper` begins with `a-deep`."""
    at("2026-11-20T20:00")
    store.record_review("question/a-deep", 1, 3, {})
    store.record_review("question/a-deeper", 1, 3, {})
    at("2026-11-22T20:00")
    quiz = begin()
    names = run(quiz, 4, at_most=2)
    assert names == ["a-deep", "a-deeper"]
    quiz.undo()
    quiz.undo()
    voided = {event.card for event in store.events(kind="undo")}
    assert voided == {"question/a-deep", "question/a-deeper"}


# ------------------------------------------------------------------ kinds of answer


def at_question(quiz: Quiz, name: str) -> Asked:
    """Answer until `name` is asked."""
    while asked(quiz).id != name:
        quiz.rate(4, {})
    return asked(quiz)


def test_choices_are_shuffled_by_the_seed(begin: Callable[..., Quiz]) -> None:
    def shown(seed: int) -> list[str]:
        return [choice.en for choice in at_question(begin(seed=seed, cram=True), "a-choice").choices]

    assert shown(5) == shown(5)
    orders = {tuple(shown(seed)) for seed in range(20)}
    assert len(orders) > 5
    assert all(sorted(order) == ["right", "wrong 1", "wrong 2", "wrong 3"] for order in orders)


def test_a_choice_is_right_or_says_which_was_taken(begin: Callable[..., Quiz]) -> None:
    quiz = begin(seed=2)
    question = at_question(quiz, "a-choice")
    found = [quiz.check_choice(index) for index in range(4)]
    assert [check.right for check in found] == [choice.right for choice in question.choices]
    assert sum(check.right for check in found) == 1
    assert all(check.chosen == choice for check, choice in zip(found, question.choices, strict=True))


def test_numbers_are_drawn_anew_computed_and_kept(begin: Callable[..., Quiz], store: Store) -> None:
    drawn = {at_question(begin(seed=seed, cram=True), "a-computed").values["tokens"] for seed in range(20)}
    assert drawn == {4096, 8192, 16384}
    quiz = begin(seed=4)
    question = at_question(quiz, "a-computed")
    tokens = question.values["tokens"]
    assert question.values["model"] == "tiny"
    assert question.ask.en == f"KV cache of Tiny-1 at {tokens:,} tokens, in GiB?"
    # 2 (K and V) · 16 layers · 16 heads · 128 · tokens · 2 bytes = tokens · 2¹⁷
    assert question.expected == tokens * 2**17 / 2**30
    assert question.unit == "GiB"
    quiz.rate(3, {"typed": "1"})
    event = store.last_event("review")
    assert event is not None
    assert event.payload == {"typed": "1", "values": {"model": "tiny", "tokens": tokens}}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("{gib}", True), ("{gib} GiB", True), ("{mib} MiB", True), ("{bytes} bytes", True),
        ("{bytes}", False),
        ("{near}", True), ("{far}", False), ("约 {gib} GiB", True), ("{gib}GB", False), ("-{gib}", False),
    ],
)  # fmt: skip
def test_a_number_is_right_within_tolerance_and_in_any_unit(
    begin: Callable[..., Quiz], typed: str, right: bool
) -> None:
    quiz = begin(seed=4)
    gib = at_question(quiz, "a-computed").expected
    assert gib is not None
    values = {"gib": gib, "mib": gib * 1024, "bytes": gib * 2**30, "near": gib * 1.029, "far": gib * 1.031}
    checked = quiz.check_number(typed.format(**values))
    assert checked is not None and checked.right is right


@pytest.mark.parametrize("typed", ["", "many", "1 2 3 x", "GiB", "١٢ميل"])
def test_what_is_no_number_is_neither_right_nor_wrong(begin: Callable[..., Quiz], typed: str) -> None:
    quiz = begin(seed=4)
    at_question(quiz, "a-computed")
    assert quiz.check_number(typed) is None


def test_typed_answers_touch_points(begin: Callable[..., Quiz]) -> None:
    quiz = begin()
    question = asked(quiz)
    typed = "what I would say: A-ONE-SAID, and so on"
    (evidence,) = quiz.found(typed)
    assert (evidence.point, typed[evidence.start : evidence.end]) == (0, "A-ONE-SAID")
    assert [found.point for found in quiz.found("a-one-said 没有别的")] == [0, 1]
    assert quiz.found(question.ask.en) == []


# ------------------------------------------------------------------ what is kept


def test_every_rating_is_on_the_disk_before_the_next_question(
    begin: Callable[..., Quiz], store: Store
) -> None:
    quiz = begin()
    for rating in (1, 2, 3, 4):
        question = asked(quiz)
        promised = quiz.intervals()[rating]
        quiz.rate(rating, {"ticked": [0]})
        event = store.last_event("review")
        state = store.state(question.card)
        assert event is not None and (event.card, event.rating) == (question.card, rating)
        assert event.payload == {"ticked": [0]}
        assert state is not None and state.interval == promised


def test_the_summary_sends_back_to_what_was_weak(begin: Callable[..., Quiz]) -> None:
    quiz = begin(new=3)
    ratings: dict[str, Rating] = {"a-one": 1, "b-follow": 3, "a-two": 2}
    while (question := quiz.current()) is not None and len(quiz.answered) < 3:
        quiz.rate(ratings[question.id], {})
    summary = quiz.summary()
    assert [answer.asked.id for answer in summary.again] == ["a-one", "a-two"]
    assert summary.waiting == 3
    assert summary.next_due_minutes == 1
    quiz.rate(3, {})  # a-one again, now known
    assert [answer.asked.id for answer in quiz.summary().again] == ["a-two"]


def test_the_schedule_is_what_the_log_says(begin: Callable[..., Quiz], store: Store) -> None:
    quiz = begin()
    run(quiz, 2, at_most=5)
    quiz.undo()
    states = {card: store.state(card) for card in store.seen()}
    assert store.rebuild() == len(states) == 4
    assert {card: store.state(card) for card in store.seen()} == states
