"""The main job: one evening of practice from end to end, and the next day, in a terminal of 80×24."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from llmprep.content.items import Language
from llmprep.memory.records import CardState
from llmprep.ui.strings import say

pytestmark = pytest.mark.terminal

UNSCALED = """\
import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v
"""
SCALED = UNSCALED.replace("k.transpose(-2, -1)", "k.transpose(-2, -1) / q.size(-1) ** 0.5")
SPOKEN = {"en": "It looks at both sides, the mask differs", "zh": "它能看到两边，mask 不一样"}


class Evening:
    """The steps of the evening, each of which can be read aloud."""

    def __init__(self, learner: Any, language: Language):
        self.learner = learner
        self.language = language
        self.catalogue = learner.catalogue()

    def words(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def types(self, *arguments: str) -> Any:
        return self.learner.types(*arguments, "--lang", self.language)

    # ------------------------------------------------------------- home

    def sees_the_first_screen(self) -> list[str]:
        screen = self.types()
        assert screen.end() == 0
        lines = screen.everything()
        assert len(lines) == screen.rows, "the first screen does not fit"
        return lines

    # ------------------------------------------------------------- quiz

    def answers(self, screen: Any, typing: bool = False) -> str:
        """Answer the question on the screen; which kind it was."""
        kinds = {
            self.words("quiz.open-keys"): "open",
            self.words("quiz.choice-keys", letters=""): "choice",
            self.words("quiz.number"): "computed",
        }
        kind = kinds[screen.wait_for(*kinds)]
        if kind == "open" and typing:
            screen.press("t")
            screen.wait_for("> ")
            screen.press(SPOKEN[self.language] + "\r")
            self._ticks(screen)
        elif kind == "open":
            screen.press("\r")
            self._ticks(screen)
        elif kind == "choice":
            screen.press("a")
        else:
            screen.press("1.6e9\r")
        screen.wait_for(self._rating_keys())
        screen.press("3")
        return kind

    def _ticks(self, screen: Any) -> None:
        screen.wait_for(self.words("quiz.points-keys", digits="").lstrip())
        screen.press("1\r")

    def _rating_keys(self) -> str:
        return self.words("quiz.rate-keys", suggested="").partition("·")[0]

    # ------------------------------------------------------------- explain

    def tells(self, screen: Any, name: str) -> None:
        """Rehearse a whole talk: beats, points, follow-ups, rating."""
        paper = self.catalogue.paper(name)
        screen.wait_for(self.words("rehearse.ready", n=len(paper.beats), minutes=5))
        for beat in paper.beats:
            screen.press("\r")
            screen.wait_for(self.words(f"explain.beat.{beat.name}"))
        screen.press("\r")
        screen.wait_for(self.words("rehearse.points"))
        for beat in paper.beats:
            screen.wait_for(beat.points[-1][self.language])
            screen.press("1\r")
        for asked in self.learner.follow_ups(name, lambda points: {0}):
            screen.wait_for(asked.ask[self.language])
            screen.wait_for(self.words("press.continue"))
            screen.press("\r")
            screen.wait_for(asked.answer[self.language])
        screen.wait_for(self._rating_keys())
        screen.press("3")
        assert screen.end() == 0
        assert self.words(
            "rehearse.had", had=len(paper.beats), of=sum(len(b.points) for b in paper.beats)
        ) in ("\n".join(screen.everything()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_evening_and_the_day_after(learner: Any, at: Callable[[str], None], language: Language) -> None:
    evening = Evening(learner, language)
    words, catalogue = evening.words, evening.catalogue

    # a newcomer is welcomed on one screen, and told what to type
    lines = evening.sees_the_first_screen()
    assert words("home.first-time")[:20] in "\n".join(lines)
    assert any(line.endswith("llmprep quiz") and words("home.next") in line for line in lines)

    # five questions, one of them typed
    quiz = evening.types("quiz", "--limit", "5")
    kinds = [evening.answers(quiz, typing=number == 0) for number in range(5)]
    assert quiz.end() == 0
    assert words("quiz.saved") in quiz.text()
    assert "open" in kinds

    # attention, wrong by its scaling only: told so by name, mended, passed
    drill = evening.types("drill", "attention")
    drill.wait_for(words("drill.waiting"))
    learner.file("attention").write_text(UNSCALED, encoding="utf-8")
    mistake = next(found for found in catalogue.mistakes("attention") if found.id == "no-scaling")
    drill.wait_for(mistake[language])
    drill.wait_for(words("drill.keys"))
    learner.file("attention").write_text(SCALED, encoding="utf-8")
    drill.wait_for(words("drill.passed-keys"))
    following = catalogue.question(catalogue.drill("attention").then[0])
    assert words("drill.next-asked") in "\n".join(drill.everything())
    assert following.ask[language] in "\n".join(drill.everything())
    drill.press("a")
    drill.wait_for(following.answer[language])
    drill.press("q")
    assert drill.end() == 0

    # the Transformer in five minutes
    evening.tells(evening.types("explain", "transformer", "--rehearse"), "transformer")

    # one more question, then enough
    quiz = evening.types("quiz")
    evening.answers(quiz)
    quiz.wait_for(words("quiz.open-keys"), words("quiz.choice-keys", letters=""), words("quiz.number"))
    quiz.press("\x03")
    assert quiz.end() == 0
    assert words("quiz.saved") in quiz.text()
    assert quiz.is_restored()

    # everything is in the log, and the schedule is what follows from it
    with learner.store() as store:
        reviews = [event.card for event in store.events(kind="review")]
        assert [card.partition("/")[0] for card in reviews] == [
            *["question"] * 5,
            "drill",
            "paper",
            "question",
        ]
        first = next(store.events(kind="review"))
        assert kinds[0] != "open" or first.payload["typed"] == SPOKEN[language]
        attempts = list(store.events(kind="attempt"))
        assert [attempt.payload["passed"] for attempt in attempts] == [False, True]
        assert attempts[0].payload["mistakes"] == ["no-scaling"]
        before = schedule(store)
        assert store.rebuild() == len(before)
        assert schedule(store) == before

    # the next day it is all there
    at("2026-11-23T20:00")
    with learner.store() as store:
        due = [found.card.removeprefix("question/") for found in store.due("question/", store.clock.now())]
        assert due, "nothing of yesterday comes back"
    home = "\n".join(evening.sees_the_first_screen())
    assert words("when.yesterday") in home
    assert words("home.streak-one") in home
    assert f"{len(set(reviews)) - 2} / {catalogue.count('question')}" in home
    assert f"1 / {catalogue.count('drill')}" in home
    row = next(line for line in home.splitlines() if line.startswith(words("home.questions")))
    assert row.split()[1] == str(len(due))

    quiz = evening.types("quiz")
    asked = catalogue.question(due[0])
    quiz.wait_for(asked.ask[language].partition("{")[0])
    assert words("quiz.waiting", count=len(due)) in quiz.text()
    evening.answers(quiz)
    quiz.wait_for(words("quiz.waiting", count=len(due) - 1), words("quiz.done"))
    quiz.press("\x03")
    assert quiz.end() == 0
    assert learner.file("attention").read_text(encoding="utf-8") == SCALED
    shown = learner.pipes("drill", "attention", "--lang", language)
    assert words("drill.file", path="~/llmprep/practice/attention.py") in shown.stdout


def schedule(store: Any) -> dict[str, CardState]:
    """Every card as it stands."""
    return {card: store.state(card) for card in store.seen()}
