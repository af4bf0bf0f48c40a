"""A quiz with the learner's own model: it adds points and takes back, and nobody has to wait for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llmprep.ui.strings import say

pytestmark = pytest.mark.terminal

BANK = """\
title: {en: Small, zh: 小题库}
questions:
  - id: first
    ask: {en: What is the first thing?, zh: 第一件事是什么？}
    level: 1
    points:
      - {en: one comes at the beginning, zh: 一在开头, any: [unity, 开头]}
      - {en: the second comes later, zh: 第二个更晚, any: [later, 更晚]}
    answer: {en: "Unity, and the second comes later.", zh: 一在开头，第二个更晚。}
    source: transformer §1
"""
TYPED = "The beginning is one, which comes later"


def asked_with(learner: Any, model: Any) -> Any:
    """A quiz with the model, after the typed answer."""
    folder = learner.folder / "content" / "questions"
    folder.mkdir(parents=True)
    (folder / "small.yaml").write_text(BANK, encoding="utf-8")
    learner.environment["LLMPREP_CONTENT"] = str(folder.parent)
    learner.home.mkdir(parents=True, exist_ok=True)
    config = f'[model]\nurl = "{model.url}"\nname = "fake"\nseconds = 5\n'
    (learner.home / "config.toml").write_text(config, encoding="utf-8")
    screen = learner.types("quiz", "--model")
    screen.wait_for(say("en", "quiz.open-keys"))
    screen.press("t")
    screen.wait_for("> ")
    screen.press(f"{TYPED}\r")
    return screen


def said(reply: dict[str, Any]) -> dict[str, Any]:
    """A chat completion with that JSON as its text."""
    return {"choices": [{"message": {"content": json.dumps(reply)}}]}


def test_a_model_adds_a_point_takes_one_back_and_asks_on(learner: Any, endpoint: Any) -> None:
    reply = {
        "points": [{"point": 0, "quote": "The beginning is one"}],
        "opposed": [{"point": 1, "quote": "which comes later"}],
        "follow_up": "And before it?",
    }
    screen = asked_with(learner, endpoint(said(reply)))
    screen.wait_for(say("en", "quiz.opposed"))
    screen.wait_for("which comes later")
    screen.wait_for(say("en", "quiz.points"))
    screen.wait_to_see("1 [x]")
    screen.wait_to_see("2 [ ]")
    screen.press("\r")
    screen.wait_for("And before it?")
    screen.press("4")
    screen.wait_for("1 answered")
    assert screen.end() == 0
    with learner.store() as store:
        last = store.last_review("question/first")
        assert last is not None
        assert (last.payload["ticked"], last.payload["typed"]) == ([0], TYPED)


def test_a_model_that_fails_leaves_the_phrases(learner: Any, endpoint: Any) -> None:
    screen = asked_with(learner, endpoint({"error": "no"}, 500))
    screen.wait_for("Going on without the model")
    screen.wait_for(say("en", "quiz.points"))
    screen.wait_to_see("1 [ ]")
    screen.wait_to_see("2 [x]")
    screen.press("\x03")
    assert screen.end() == 0


def test_who_does_not_wait_goes_on_without_the_model(learner: Any, endpoint: Any) -> None:
    screen = asked_with(learner, endpoint(None))  # it never replies
    screen.wait_for(say("en", "model.waiting"))
    screen.press("\x03")
    screen.wait_for(say("en", "quiz.points"))
    screen.wait_to_see("2 [x]")
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()


def test_without_a_model_in_the_settings_the_option_is_refused(learner: Any) -> None:
    screen = learner.types("quiz", "--model")
    screen.wait_for("No model is set")
    assert screen.end() == 2
