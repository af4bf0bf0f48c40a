"""The program in a pipeline: no colours, no prompts, no noise when the reader leaves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llmprep.ui.strings import say

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "command",
    ["", "quiz", "quiz --list", "drill attention", "drill --list", "explain lora", "explain --list"],
)
def test_a_pipe_gets_plain_text_and_no_prompt(learner: Any, command: str, language: str) -> None:
    done = learner.pipes(*command.split(), "--lang", language)
    assert done.returncode == 0
    assert done.stdout.strip()
    assert "\x1b" not in done.stdout + done.stderr
    with learner.store() as store:
        assert list(store.events(kind="review")) == []  # nothing was answered by anybody
    for key in ("quiz.open-keys", "quiz.choice-keys", "drill.keys", "press.continue"):
        assert say(language, key, letters="a/b/c/d") not in done.stdout


def test_where_a_terminal_is_needed_it_is_said(learner: Any) -> None:
    rehearsal = learner.pipes("explain", "lora", "--rehearse")
    assert (rehearsal.returncode, rehearsal.stderr) == (2, say("en", "rehearse.not-a-terminal") + "\n")
    drill = learner.pipes("drill", "attention")
    assert drill.stderr == say("en", "drill.not-a-terminal", name="attention") + "\n"


@pytest.mark.parametrize(
    "command", ["explain transformer", "drill --list", "quiz --json", "quiz --list --json"]
)
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_leaves_causes_no_noise(learner: Any, command: str, reader: str) -> None:
    done = learner.shell(f"llmprep {command} | {reader}; echo ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


def test_json_is_for_programs(learner: Any) -> None:
    topics = json.loads(learner.pipes("quiz", "--list", "--json", "--lang", "zh").stdout)
    assert {"id": "transformer", "title": "Transformer"}.items() <= next(
        topic for topic in topics if topic["id"] == "transformer"
    ).items()
    drills = json.loads(learner.pipes("drill", "--list", "--json", "--lang", "zh").stdout)
    [attention] = [drill for drill in drills if drill["id"] == "attention"]
    assert (attention["title"], attention["family"], attention["level"]) == ("缩放点积注意力", "attention", 1)
    assert attention["needs"] == ["softmax"]
    question = json.loads(learner.pipes("quiz", "transformer", "--json", "--seed", "7").stdout)
    assert question["topic"] == "transformer" and question["stage"] == "new"
    again = json.loads(learner.pipes("quiz", "transformer", "--json", "--seed", "7").stdout)
    assert again == question


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_ascii_terminal_gets_question_marks_and_no_crash(learner: Any, language: str) -> None:
    learner.environment.update(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    for command in ("", "quiz", "drill attention", "explain transformer", "drill no-such", "quiz --list"):
        done = learner.pipes(*command.split(), "--lang", language)
        assert done.returncode == (2 if "no-such" in command else 0), done.stderr
        assert (done.stdout + done.stderr).isascii()
    asked = learner.pipes("quiz", "transformer", "--json", "--lang", language)
    assert asked.stdout.isascii()
    assert json.loads(asked.stdout)["source"].count("§")  # escaped, so nothing is lost


def test_what_is_typed_at_an_ascii_terminal_is_not_lost(learner: Any) -> None:
    learner.environment.update(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    screen = learner.types("quiz", "bert")
    screen.wait_for("t type")
    screen.press("t")
    screen.wait_for("> ")
    screen.press("both sides\r")
    screen.wait_for("tick")
    screen.press("\r")
    screen.wait_for("rate")
    screen.press("3")
    screen.wait_for("u undo")
    screen.press("\x03")
    assert screen.end() == 0
    with learner.store() as store:
        assert store.last_event("review").payload["typed"] == "both sides"
