"""The mock interview: the same for the same seed, asks on about what was missed, loses nothing in a crash."""

from __future__ import annotations

import re

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store
from llmprep.practice.interview import DEEPEST_CHAIN, DESIGN_STAGES, Interview, Turn, best_of_each
from llmprep.practice.interview_parts import FAMILIES, FOCUS, Options, plan_parts
from llmprep.practice.interview_report import as_html, as_markdown, make_report


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    return Catalogue.open()


def hold(interview: Interview, share: float, until: int = 100) -> list[Turn]:
    """Answer every turn with the first `share` of its points."""
    turns: list[Turn] = []
    while (turn := interview.current()) is not None and len(turns) < until:
        turns.append(turn)
        of = len(turn.points) or 1
        interview.answer(turn, "words", set(range(round(share * of))), 30.0)
    return turns


@pytest.mark.parametrize("focus", [None, *FOCUS])
@pytest.mark.parametrize("minutes", [15, 45, 90])
def test_parts_fit_the_time_the_focus_and_the_level(ours: Catalogue, focus: str | None, minutes: int) -> None:
    for seed in range(5):
        options = Options(minutes, focus, 2, seed)
        parts = list(plan_parts(ours, options))
        assert parts == list(plan_parts(ours, options))
        assert sum(part.minutes for part in parts) <= minutes
        kinds = [part.kind for part in parts]
        assert kinds.count("talk") == kinds.count("number") == 1
        assert kinds.count("drill") == (1 if minutes >= 25 else 0)
        assert "question" in kinds
        assert len({part.id for part in parts}) == len(parts)
        for part in parts:
            if part.kind == "question":
                place = ours.place("question", part.id)
                assert focus is None or place.topic in FOCUS[focus]
                assert place.level <= 2
            if part.kind == "drill" and focus is not None:
                assert ours.drill(part.id).topic in FAMILIES[focus]


def test_other_seeds_ask_something_else(ours: Catalogue) -> None:
    asked = {tuple(part.id for part in plan_parts(ours, Options(seed=seed))) for seed in range(10)}
    assert len(asked) > 8


def test_a_chain_asks_on_about_what_was_missed(ours: Catalogue, store: Store) -> None:
    """What follows depends on which points were missed, and speaks of the question's subject."""
    interview = Interview.begin(ours, store, Options(minutes=10, seed=1))
    differs = of = 0
    for name in list(ours.ordered_ids("question", "training"))[:12]:
        question = ours.question(name)
        if question.kind != "open" or len(question.points) < 2:
            continue
        turn = Turn(0, "question", name, question.ask, 3, question.points)
        everything = set(range(len(question.points)))
        following = {}
        for missed in (0, len(question.points) - 1):
            had = everything - {missed} if len(question.points) < 5 else {(missed + 1) % len(question.points)}
            reply = interview._reply(turn, "words", had, 10)
            following[missed] = interview.follow_up(reply)
        assert name not in following.values()
        of += 1
        differs += len(set(following.values())) > 1
    assert of >= 6
    assert differs >= of / 3


def test_chains_end_and_nothing_is_asked_twice(ours: Catalogue, store: Store) -> None:
    for share in (0.0, 0.5, 1.0):
        interview = Interview.begin(ours, store, Options(minutes=90, seed=4))
        turns = hold(interview, share)
        for number, part in enumerate(interview.parts):
            of_part = [turn for turn in turns if turn.part == number]
            longest = {"question": DEEPEST_CHAIN, "design": DESIGN_STAGES}.get(part.kind, 1)
            assert 1 <= len(of_part) <= longest
        asked = [(turn.kind, turn.id, turn.stage) for turn in turns]
        assert len(asked) == len(set(asked))


def test_a_crash_loses_nothing(ours: Catalogue, store: Store) -> None:
    interview = Interview.begin(ours, store, Options(seed=2))
    hold(interview, 0.5, until=3)
    before = interview.current()
    with open_store(Settings()) as other:
        again = Interview.unfinished(ours, other)
        assert again is not None
        assert again.replies == interview.replies
        assert again.current() == before
        assert again.used() == 90.0


def test_a_finished_interview_is_not_gone_on_with(ours: Catalogue, store: Store) -> None:
    assert Interview.unfinished(ours, store) is None
    interview = Interview.begin(ours, store, Options(minutes=15, seed=2))
    hold(interview, 1.0)
    interview.finish()
    assert Interview.unfinished(ours, store) is None
    Interview.begin(ours, store, Options(seed=3)).give_up()
    assert Interview.unfinished(ours, store) is None


def test_what_was_weak_is_due_and_what_was_good_is_not(ours: Catalogue, store: Store) -> None:
    weak, good = (Interview.begin(ours, store, Options(minutes=20, seed=seed)) for seed in (5, 6))
    for interview, share in ((weak, 0.0), (good, 1.0)):
        hold(interview, share)
        interview.finish()
    due = {due.card for due in store.due("question/", store.clock.end_of_today())}
    lapsed = {f"question/{reply.id}" for reply in best_of_each(weak.replies) if reply.kind != "talk"}
    assert lapsed and lapsed <= due
    for reply in good.replies:
        if reply.kind in ("question", "number"):
            state = store.state(f"question/{reply.id}")
            assert state is not None and state.reps >= 1


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_report_adds_up(ours: Catalogue, store: Store, share: float) -> None:
    interview = Interview.begin(ours, store, Options(minutes=60, seed=9))
    hold(interview, share)
    report = make_report(interview)
    assert report.total == share
    assert all(one.score == share for one in report.topics)
    assert len(report.mend) == (0 if share else 3)
    for mend in report.mend:
        assert re.fullmatch(r"llmprep (quiz|drill|explain) [a-z0-9-]+( --rehearse)?", mend.command)


def test_the_report_as_text_and_page(ours: Catalogue, store: Store) -> None:
    interview = Interview.begin(ours, store, Options(minutes=20, seed=9))
    turn = interview.current()
    assert turn is not None
    interview.answer(turn, "<script>alert(1)</script>", set(), 61)
    hold(interview, 0.5)
    report = make_report(interview)
    page, text = as_html(report, "zh"), as_markdown(report, "en")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert not re.search(r"(src|href)=", page)
    assert "1:01" in text and "# Mock interview" in text
    for reply in interview.replies:
        assert reply.ask["en"] in text


@pytest.mark.parametrize("answer", ["", "asdf qwer zxcv", "{ask}", "I do not know", "不知道"])
def test_empty_gibberish_and_repeated_questions_score_nothing(
    ours: Catalogue, store: Store, answer: str
) -> None:
    interview = Interview.begin(ours, store, Options(minutes=90, seed=12))
    turns = 0
    while (turn := interview.current()) is not None:
        typed = answer.format(ask=f"{turn.ask.en} {turn.ask.zh}")
        had = interview.found(turn, typed)
        assert had == set(), (turn.id, had)
        interview.answer(turn, typed, had, 1.0)
        turns += 1
    assert turns > 6
    assert make_report(interview).total == 0
