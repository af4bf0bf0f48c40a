"""A mock interview at a terminal: skipped, typed, left in the middle and gone on with, to its report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llmprep.memory.settings import ModelSettings
from llmprep.practice.interview import Interview
from llmprep.practice.interview_parts import Options, plan_parts
from llmprep.ui.strings import say

pytestmark = pytest.mark.terminal
OPTIONS = ("--minutes", "12", "--seed", "5")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_interview_is_left_and_gone_on_with(learner: Any, language: str) -> None:
    catalogue = learner.catalogue()
    parts = list(plan_parts(catalogue, Options(12, None, 2, 5)))
    assert [part.kind for part in parts] == ["talk", "question", "number"]
    paper, question = catalogue.paper(parts[0].id), catalogue.question(parts[1].id)

    first = learner.types("interview", *OPTIONS, "--lang", language)
    first.wait_for(say(language, "interview.begins", minutes=12, parts=3))
    first.press("\r")
    first.wait_for(paper.name[language])
    first.press("s")
    first.wait_for(question.ask[language])
    first.press("\x03")
    assert first.end() == 0
    assert say(language, "interview.paused")[:20] in first.text()
    assert first.is_restored()

    with learner.store() as store:
        held = Interview.unfinished(catalogue, store)
        turn = held.current()
        follows = held.follow_up(held._reply(turn, "qwertyuiop", set(), 1.0)) is not None
    replies = 4 if follows else 3  # what is skipped is not followed up

    second = learner.types("interview", "--lang", language)
    second.wait_for(say(language, "interview.resumed", done=1, parts=3))
    second.press("\r")
    second.wait_for(question.ask[language])
    second.press("t")
    second.wait_for(say(language, "quiz.type"))
    second.press("qwertyuiop\r")
    for _ in range(replies - 3):
        second.wait_for(say(language, "quiz.follow-up"))
        second.press("s")
    second.wait_for(say(language, "quiz.number"))
    second.press("\r")
    second.wait_for(say(language, "interview.due-now"))
    assert second.end() == 0
    [report] = (learner.home / "interviews").glob("*.md")
    assert question.ask[language] in report.read_text("utf-8")
    assert "qwertyuiop" in report.read_text("utf-8")
    with learner.store() as store:
        due = {card.card for card in store.due("question/", store.clock.end_of_today())}
        assert f"question/{question.id}" in due
        assert len(list(store.events(kind="interview"))) == replies + 2  # and begin and end


def test_ctrl_c_before_it_begins_keeps_it(learner: Any) -> None:
    screen = learner.types("interview", *OPTIONS)
    screen.wait_for("Enter begins")
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()
    again = learner.types("interview", "--new", *OPTIONS)
    again.wait_for("Enter begins")
    assert "Going on" not in again.text()
    again.press("q")
    assert again.end() == 0


REPLY = {"points": [], "follow_up": "And what would\x1b[2J change at \x1b]0;owned\x07twice the size?"}


def with_model(learner: Any, model: ModelSettings) -> Any:
    """An interview whose second part is a question, with that model beside it, asked for its first answer."""
    learner.home.mkdir(parents=True, exist_ok=True)
    config = f'[model]\nurl = "{model.url}"\nname = "fake"\nseconds = 5\n'
    (learner.home / "config.toml").write_text(config, encoding="utf-8")
    screen = learner.types("interview", *OPTIONS, "--model")
    screen.wait_for("Enter begins")
    screen.press("\r")
    catalogue = learner.catalogue()
    parts = list(plan_parts(catalogue, Options(12, None, 2, 5)))
    screen.wait_for(catalogue.paper(parts[0].id).name["en"])
    screen.press("s")
    screen.wait_for(catalogue.question(parts[1].id).ask["en"])
    screen.press("t")
    screen.wait_for(say("en", "quiz.type"))
    screen.press("qwertyuiop\r")
    return screen


def test_the_models_own_question_is_asked_and_cannot_touch_the_terminal(learner: Any, endpoint: Any) -> None:
    reply = {"choices": [{"message": {"content": json.dumps(REPLY)}}]}
    screen = with_model(learner, endpoint(reply))
    screen.wait_for(say("en", "model.asks"))
    screen.wait_for("twice the size?")
    assert "\x1b[2J" not in screen.written.decode("utf-8", "replace")
    assert "\x1b]0;owned" not in screen.written.decode("utf-8", "replace")
    screen.press("\r")
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()


def test_an_interview_goes_on_without_a_model_that_fails(learner: Any, endpoint: Any) -> None:
    screen = with_model(learner, endpoint({"error": "no"}, 500))
    screen.wait_for("Going on without the model")
    screen.wait_for(say("en", "quiz.follow-up"), say("en", "quiz.number"))
    screen.press("\x03")
    assert screen.end() == 0
    with learner.store() as store:
        assert len(list(store.events(kind="interview"))) == 3  # begun, the talk skipped, the answer kept


def test_who_does_not_wait_for_the_model_keeps_the_answer(learner: Any, endpoint: Any) -> None:
    screen = with_model(learner, endpoint(None))  # an endpoint that never replies
    screen.wait_for(say("en", "model.waiting"))
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()
    with learner.store() as store:
        last = list(store.events(kind="interview"))[-1]
        assert "qwertyuiop" in str(last)
