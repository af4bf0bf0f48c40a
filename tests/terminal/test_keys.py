"""Keys in a real terminal: taking back, stopping, typing Chinese, and the terminal as it was afterwards."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from llmprep.ui.strings import say

pytestmark = pytest.mark.terminal

OPEN = say("en", "quiz.open-keys")
POINTS = "tick · a all · Enter done"
RATE = "1–4 rate"
CHOICE = "choose · u undo"
BANK = """\
title: {en: Small, zh: 小题库}
questions:
  - id: first
    ask: {en: What is the first thing?, zh: 第一件事是什么？}
    level: 1
    points:
      - {en: it is one, zh: 是一, any: [one, 一]}
      - {en: it comes before two, zh: 在二之前, any: [before, 之前]}
    answer: {en: One comes before two., zh: 一在二之前。}
    source: transformer §1
  - id: second
    ask: {en: What is the second thing?, zh: 第二件事是什么？}
    level: 1
    choices:
      - {en: It is two, zh: 是二, right: true}
      - {en: It is three, zh: 是三, why: {en: Three is third., zh: 三是第三。}}
      - {en: It is four, zh: 是四, why: {en: Four is fourth., zh: 四是第四。}}
    answer: {en: Two follows one., zh: 二跟着一。}
    source: transformer §1
  - id: third
    ask: {en: "What is {a} plus one?", zh: "{a} 加一是多少？"}
    level: 1
    vary: {a: [41]}
    compute: a + 1
    answer: {en: One more., zh: 多一个。}
    source: transformer §1
"""


@pytest.fixture
def small(learner: Any) -> Any:
    """The learner with a bank of three questions: an open one, a choice, a computed one."""
    folder = learner.folder / "content" / "questions"
    folder.mkdir(parents=True)
    (folder / "small.yaml").write_text(BANK, encoding="utf-8")
    learner.environment["LLMPREP_CONTENT"] = str(folder.parent)
    return learner


def rated(learner: Any) -> list[tuple[str, int]]:
    """(question, rating) of every review that still counts."""
    with learner.store() as store:
        voided = {event.voids for event in store.events(kind="undo")}
        return [
            (event.card.removeprefix("question/"), event.rating)
            for event in store.events("question/", "review")
            if event.uuid not in voided
        ]


def answer_first(screen: Any, rating: str) -> None:
    """Answer the open question, then be asked the second."""
    screen.wait_for(OPEN)
    screen.press("\r")
    screen.wait_for(POINTS)
    screen.press("12\r")
    screen.wait_for(RATE)
    screen.press(rating)
    screen.wait_for(CHOICE)


# ------------------------------------------------------------------ the quiz


def test_undo_restores_the_question_and_its_schedule(small: Any) -> None:
    screen = small.types("quiz")
    answer_first(screen, "1")
    assert rated(small) == [("first", 1)]

    screen.press("u")
    screen.wait_for(say("en", "quiz.undone"))
    screen.wait_for("What is the first thing?")
    assert rated(small) == []
    with small.store() as store:
        assert store.state("question/first") is None

    answer_first(screen, "4")  # and the question it interrupted comes next, not later
    assert rated(small) == [("first", 4)]
    screen.press("\x03")
    assert screen.end() == 0


def test_undo_with_nothing_to_take_back_asks_again(small: Any) -> None:
    screen = small.types("quiz")
    screen.wait_for(OPEN)
    screen.press("u")
    screen.wait_for(say("en", "quiz.nothing-to-undo"))
    screen.wait_for("What is the first thing?")
    screen.wait_for(OPEN)
    screen.press("q")
    assert screen.end() == 0
    assert rated(small) == []


def test_a_session_to_its_end(small: Any) -> None:
    """All three kinds; a wrong choice says why, a number may be mistyped, the summary names the weak ones."""
    screen = small.types("quiz")
    answer_first(screen, "3")
    wrong = next(line.split()[0] for line in screen.lines() if line.endswith("It is three"))
    screen.press(wrong)
    screen.wait_for("Three is third.")
    screen.wait_for(RATE)
    screen.press("\r")
    screen.wait_for(say("en", "quiz.number"))
    screen.press("forty-two\r")
    screen.wait_for("'forty-two' is no number")
    screen.press("42\r")
    screen.wait_for(say("en", "quiz.right"))
    screen.wait_for(RATE)
    screen.press("4")
    screen.wait_for("What is the second thing?")  # forgotten a minute ago: it comes back the same evening
    screen.wait_for(CHOICE)
    screen.press("q")
    assert screen.end() == 0
    assert rated(small) == [("first", 3), ("second", 1), ("third", 4)]
    summary = screen.text()
    assert "3 answered: 2 good, 1 to read again." in summary
    assert summary.count("What is the second thing?") == 2  # asked, and to be read again


def test_chinese_begins_an_answer_without_leaving_the_input_method(small: Any) -> None:
    screen = small.types("quiz", "--lang", "zh")
    screen.wait_for(say("zh", "quiz.open-keys"))
    screen.press("它是一，BERT 也是")
    screen.wait_for("> 它是一，BERT 也是")
    screen.press("\r")
    screen.wait_for(say("zh", "quiz.points"))
    screen.wait_to_see("1 [x]")
    screen.press("q")
    assert screen.end() == 0


def test_chinese_is_typed_and_corrected_over_two_lines(small: Any) -> None:
    screen = small.types("quiz", "--lang", "zh")
    screen.wait_for(say("zh", "quiz.open-keys"))
    screen.press("t")
    screen.wait_for("> ")
    screen.press("它是二")
    screen.wait_for("它是二")
    screen.press("\x7f一")  # one Backspace takes one character, not half of one
    screen.wait_for("它是一")
    screen.press("\x1b\r")  # Alt-Enter
    screen.press("在二之前xy\x7f\x7f")
    screen.wait_for("在二之前")
    screen.press("\r")
    screen.wait_for(say("zh", "quiz.points"))
    screen.wait_to_see("1 [x]")
    screen.wait_to_see("2 [x]")
    screen.press("\r")
    screen.wait_for("1–4 评分")
    screen.press("\r")
    screen.wait_for("第二件事")
    screen.press("q")
    assert screen.end() == 0
    with small.store() as store:
        payload = store.last_event("review").payload
    assert payload["typed"] == "它是一\n在二之前"
    assert payload["ticked"] == [0, 1]


def test_a_fast_typist_loses_no_key(small: Any) -> None:
    """Reveal, tick, done, rate, all before the program has drawn anything."""
    screen = small.types("quiz")
    screen.wait_for(OPEN)
    screen.press("\r1\r4")
    screen.wait_for(CHOICE)
    screen.press("u")
    screen.wait_for(say("en", "quiz.undone"))
    screen.wait_for(OPEN)
    screen.press("\x03")
    assert screen.end() == 0
    with small.store() as store:
        [review] = store.events(kind="review")
    assert (review.rating, review.payload["ticked"]) == (4, [0])


def test_keys_of_a_full_width_input_method_count(small: Any) -> None:
    screen = small.types("quiz", "--lang", "zh")
    screen.wait_for(say("zh", "quiz.open-keys"))
    screen.press("\r")
    screen.wait_for("勾选 · a 全选")
    screen.press("１")
    screen.wait_to_see("1 [x]")
    screen.press("ｑ")
    assert screen.end() == 0


@pytest.mark.parametrize("stop", ["\x03", "\x04", "q"])
def test_stopping_keeps_what_was_answered(small: Any, stop: str) -> None:
    screen = small.types("quiz")
    answer_first(screen, "3")
    screen.press(stop)
    assert screen.end() == 0
    assert say("en", "quiz.saved") in screen.text()
    assert screen.is_restored()
    assert rated(small) == [("first", 3)]


@pytest.mark.parametrize("place", ["typing", "ticking", "rating"])
def test_ctrl_c_within_a_question(small: Any, place: str) -> None:
    """The question counts as not answered."""
    screen = small.types("quiz")
    screen.wait_for(OPEN)
    if place == "typing":
        screen.press("t")
        screen.wait_for("> ")
        screen.press("half an ans")
        screen.wait_for("half an ans")
    else:
        screen.press("\r")
        screen.wait_for(POINTS)
    if place == "rating":
        screen.press("\r")
        screen.wait_for(RATE)
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()
    assert rated(small) == []


def test_not_knowing_a_number_is_an_answer(small: Any) -> None:
    screen = small.types("quiz", "--lang", "zh")
    for _ in range(2):
        screen.wait_for(say("zh", "quiz.open-keys"), "选择 · u 撤销")
        screen.press("\ra\r" if "第二件事" not in screen.text() else "a")
        screen.wait_for("1–4 评分")
        screen.press("4")
    screen.wait_for("直接回车：不会")
    screen.wait_for("> ")
    screen.press("\r")
    screen.wait_for("准确值是 42。")
    screen.wait_for("1–4 评分 · 回车选 1")
    screen.press("\r")
    screen.wait_for("41 加一是多少")
    screen.wait_for("> ")
    screen.press("u\r")
    screen.wait_for("已撤销。")
    screen.wait_for("41 加一是多少")
    screen.wait_for("> ")
    screen.press("q\r")
    assert screen.end() == 0
    assert rated(small) == [("first", 4), ("second", 4)]


def test_ctrl_c_at_a_number(small: Any) -> None:
    screen = small.types("quiz")
    answer_first(screen, "3")
    screen.press("a")
    screen.wait_for(RATE)
    screen.press("2")
    screen.wait_for(say("en", "quiz.number"))
    screen.wait_for("> ")
    screen.press("12\x03")
    assert screen.end() == 0
    assert screen.is_restored()
    assert rated(small) == [("first", 3), ("second", 2)]


def test_an_interrupt_from_outside_ends_as_ctrl_c_does(small: Any) -> None:
    screen = small.types("quiz")
    answer_first(screen, "3")
    screen.signal(signal.SIGINT)
    assert screen.end() == 0
    assert say("en", "quiz.saved") in screen.text()
    assert screen.is_restored()


def test_a_killed_program_has_kept_every_answer(small: Any) -> None:
    screen = small.types("quiz")
    answer_first(screen, "2")
    screen.signal(signal.SIGKILL)
    assert screen.end() == -signal.SIGKILL
    assert rated(small) == [("first", 2)]
    again = small.types("quiz")
    again.wait_for("What is the second thing?")
    again.press("q")
    assert again.end() == 0


# ------------------------------------------------------------------ drills


def test_a_drill_by_its_keys(learner: Any) -> None:
    """Hints, a locked solution, giving up, a reset that keeps what was written: one sitting, one judge."""
    screen = learner.types("drill", "softmax")
    screen.wait_for(say("en", "drill.waiting"))
    for number in (1, 2, 3, 4):
        screen.press("h")
        screen.wait_for(f"Hint {number} of 4")
    screen.press("h")
    screen.wait_for(say("en", "drill.no-more-hints"))
    screen.press("e")
    screen.wait_for(say("en", "drill.no-editor"))
    screen.press("s")
    screen.wait_for(say("en", "drill.solution-locked"))
    screen.press("s")
    screen.wait_for(say("en", "drill.gave-up"))
    screen.wait_for("def softmax")
    written = "def softmax(x, dim=-1):\n    return x  # mine\n"
    learner.file("softmax").write_text(written, encoding="utf-8")
    screen.wait_for("✗ Not yet")
    screen.wait_for(say("en", "drill.keys"))
    screen.press("r")
    screen.wait_for(say("en", "drill.reset-done"))
    screen.wait_for("softmax.2026-11-22.bak")
    screen.press("c")
    screen.wait_for("`softmax` is not written yet.")
    screen.press("q")
    assert screen.end() == 0
    assert screen.is_restored()
    assert (learner.file("softmax").parent / "softmax.2026-11-22.bak").read_text(encoding="utf-8") == written
    assert "NotImplementedError" in learner.file("softmax").read_text(encoding="utf-8")
    with learner.store() as store:
        [review] = store.events("drill/", "review")
        assert review.rating == 1
        assert review.payload == {"attempts": 0, "hints": 4, "gave_up": True}
        assert [event.payload["passed"] for event in store.events("drill/", "attempt")] == [False, False]


def test_a_file_saved_before_the_watch_begins_is_judged(learner: Any) -> None:
    """The learner may have saved while the prompt was still being drawn."""
    learner.pipes("drill", "softmax")
    screen = learner.types("drill", "softmax")
    screen.wait_for("about 6 min")
    learner.file("softmax").write_text("def softmax(x, dim=-1):\n    return x\n", encoding="utf-8")
    screen.wait_for("✗ Not yet")
    screen.press("q")
    assert screen.end() == 0


def test_ctrl_c_does_not_wait_for_a_loop_without_end(learner: Any) -> None:
    screen = learner.types("drill", "softmax")
    screen.wait_for(say("en", "drill.waiting"))
    looping = "def softmax(x, dim=-1):\n    while True:\n        pass\n"
    learner.file("softmax").write_text(looping, encoding="utf-8")
    screen.wait_for(say("en", "drill.judging"))
    screen.press("\x03")
    assert screen.end() == 0
    assert screen.is_restored()
    assert "Not yet" not in "\n".join(screen.everything())
    assert learner.file("softmax").read_text(encoding="utf-8") == looping


def test_next_goes_on_to_drills_not_seen_in_this_sitting(learner: Any) -> None:
    catalogue = learner.catalogue()
    order = sorted((catalogue.drill(item.id).order, item.id) for item in catalogue.listed("drill"))
    screen = learner.types("drill")
    for _, name in order[:3]:
        screen.wait_for(f"practice/{name.replace('-', '_')}.py")
        screen.wait_for(say("en", "drill.waiting"))
        screen.press("n")
    screen.wait_for(say("en", "drill.waiting"))
    screen.press("q")
    assert screen.end() == 0
    with learner.store() as store:
        visited = [event.card.removeprefix("drill/") for event in store.events("drill/", "visit")]
    assert visited == [name for _, name in order[:4]]


def test_an_editor_is_opened_and_its_save_is_judged(learner: Any, tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text(
        '#!/bin/sh\nprintf "def soft(x):\\n    return x\\n" > "$2"\n'
        'stty -a | tr -s " ;" "\\n" | grep -x -e echo -e -echo\necho "edited $1"\n'
    )
    editor.chmod(0o755)
    learner.environment["EDITOR"] = f"'{editor}' --wait"
    screen = learner.types("drill", "softmax")
    screen.wait_for(say("en", "drill.waiting"))
    screen.press("e")
    screen.wait_for("edited --wait")
    assert "echo" in screen.lines()  # the editor got a terminal as editors expect it
    screen.wait_for("does not define `softmax`")
    screen.press("q")
    assert screen.end() == 0


def test_an_editor_that_is_missing_is_named(learner: Any) -> None:
    learner.environment["EDITOR"] = "no-such-editor -x"
    screen = learner.types("drill", "softmax")
    screen.wait_for(say("en", "drill.waiting"))
    screen.press("e")
    screen.wait_for("The editor 'no-such-editor -x' could not be started")
    screen.press("\x03")
    assert screen.end() == 0


# ------------------------------------------------------------------ rehearsing


def rehearse_until(screen: Any, paper: Any, beats: int) -> None:
    """Tell that many beats."""
    screen.wait_for("5 minutes")
    for beat in paper.beats[:beats]:
        screen.press("\r")
        screen.wait_for(say("en", f"explain.beat.{beat.name}"))
    screen.press("\r")


def test_ctrl_c_before_the_first_beat_ends_records_nothing(learner: Any) -> None:
    screen = learner.types("explain", "lora", "--rehearse")
    screen.wait_for("5 minutes")
    screen.press("\r")
    screen.wait_for(say("en", "rehearse.keys"))
    screen.press("p")
    screen.wait_to_see(say("en", "rehearse.paused"))
    screen.press("\x03")
    assert screen.end() == 0
    assert say("en", "rehearse.not-kept") in screen.text()
    assert screen.is_restored()
    with learner.store() as store:
        assert list(store.events("paper/")) == []


@pytest.mark.parametrize("place", ["beat", "points", "follow-up", "rating"])
def test_a_rehearsal_that_is_broken_off_is_logged_but_not_scheduled(learner: Any, place: str) -> None:
    paper = learner.catalogue().paper("lora")
    screen = learner.types("explain", "lora", "--rehearse")
    rehearse_until(screen, paper, 2 if place == "beat" else len(paper.beats))
    if place == "beat":
        screen.wait_for(say("en", f"explain.beat.{paper.beats[2].name}"))
    else:
        screen.wait_for(say("en", "rehearse.points"))
        screen.wait_for(paper.beats[0].points[-1].en)
    if place in ("follow-up", "rating"):
        for beat in paper.beats:
            screen.wait_for(beat.points[-1].en)
            screen.press("a\r")
        screen.wait_for(say("en", "press.continue"))
    if place == "rating":
        for asked in learner.follow_ups("lora", lambda points: set(range(points))):
            screen.wait_for(asked.ask.en)
            screen.wait_for(say("en", "press.continue"))
            screen.press("\r")
        screen.wait_for(RATE)
    screen.press("\x03")
    assert screen.end() == 0
    assert say("en", "rehearse.kept")[:40] in screen.text()
    assert screen.is_restored()
    with learner.store() as store:
        [event] = store.events("paper/")
        assert (event.kind, event.card) == ("talk", "paper/lora")
        told = sum(seconds > 0 for seconds in event.payload["seconds"])
        assert len(event.payload["seconds"]) == len(paper.beats) and told <= len(paper.beats)
        assert event.payload["had"] == (event.payload["of"] if place in ("follow-up", "rating") else 0)
        assert store.state("paper/lora") is None


# ------------------------------------------------------------------ the window


@pytest.mark.parametrize("language", ["en", "zh"])
def test_forty_columns_suffice(learner: Any, language: str) -> None:
    """Nothing is cut off at the edge: every character that is printed is on the screen."""
    home = learner.types("--lang", language, columns=40)
    assert home.end() == 0
    assert "…" not in home.text()
    for key in ("home.questions", "home.drills", "home.papers"):
        assert any(line.startswith(say(language, key)) for line in home.lines())
    quiz = learner.types("quiz", "--lang", language, columns=40)
    quiz.wait_for(say(language, "quiz.open-keys"))
    quiz.press("\r")
    quiz.wait_for(say(language, "quiz.points-keys", digits="").strip())
    quiz.press("a\r")
    quiz.wait_for(say(language, "quiz.rate"))
    quiz.press("q")
    assert quiz.end() == 0
    assert max(map(len, quiz.everything())) <= 40


def test_the_window_is_resized_while_ticking(small: Any) -> None:
    screen = small.types("quiz")
    screen.wait_for(OPEN)
    screen.press("\r")
    screen.wait_for(POINTS)
    screen.resize(30, 50)
    screen.press("1")
    screen.wait_to_see("1 [x]")
    screen.resize(24, 120)
    screen.press("2\r")
    screen.wait_for(RATE)
    screen.press("3")
    screen.wait_for(CHOICE)
    screen.press("q")
    assert screen.end() == 0
    assert screen.is_restored()
    assert rated(small) == [("first", 3)]
    rule = [line for line in screen.everything() if "───" in line][-1]
    assert len(rule) == 100  # of the second question: longer lines are hard to read


def test_no_colour_when_asked(small: Any) -> None:
    small.environment["NO_COLOR"] = "1"
    screen = small.types("quiz")
    screen.wait_for(OPEN)
    screen.press("q")
    assert screen.end() == 0
    assert b"\x1b[36m" not in screen.written and b"\x1b[1;36m" not in screen.written
