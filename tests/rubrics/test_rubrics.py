"""How well typed answers are read: answers labelled by their meaning before the phrases were tuned.

`pytest tests/rubrics -s` prints precision and recall per half, kind and language.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
import yaml

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Question
from llmprep.practice.rubric import opposed_points, touched

Half = Literal["tuned", "untouched"]


@dataclass(frozen=True)
class Labelled:
    """One answer; `made` are the indices of the points that it makes by its meaning."""

    question: Question
    kind: str
    language: str
    answer: str
    made: frozenset[int]

    @property
    def half(self) -> Half:
        """The phrases were tuned on one half of the questions; the other one only measures."""
        return "tuned" if zlib.crc32(self.question.id.encode()) % 2 else "untouched"

    def found(self) -> set[int]:
        """What the program finds in it."""
        question = self.question
        asked = f"{question.ask.en}\n{question.ask.zh}"
        return touched(question.points, self.answer, asked, question.answer)


@dataclass(frozen=True)
class Score:
    """Of points over answers: how many are found rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @classmethod
    def of(cls, answers: list[Labelled]) -> Score:
        """The score over some answers."""
        pairs = [(answer.found(), answer.made) for answer in answers]
        return cls(
            sum(len(found & made) for found, made in pairs),
            sum(len(found - made) for found, made in pairs),
            sum(len(made - found) for found, made in pairs),
        )


@pytest.fixture(scope="session")
def labelled() -> list[Labelled]:
    """All labelled answers."""
    catalogue = Catalogue.open()
    answers = []
    for path in sorted(Path(__file__).parent.glob("answers_*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            question = catalogue.question(entry["question"])
            made = frozenset(entry["points"])
            answers.append(Labelled(question, entry["kind"], entry["language"], entry["answer"], made))
    return answers


KINDS = {"full", "partial", "near-miss", "contradiction", "gibberish", "question"}


def test_there_are_enough_of_every_kind_and_language(labelled: list[Labelled]) -> None:
    assert len(labelled) >= 300
    assert {answer.kind for answer in labelled} == KINDS
    for language in ("en", "zh", "mixed"):
        assert sum(answer.language == language for answer in labelled) >= 30
    for half in ("tuned", "untouched"):
        assert sum(answer.half == half for answer in labelled) >= 80


def test_labels_are_points_of_the_question(labelled: list[Labelled]) -> None:
    for answer in labelled:
        assert all(0 <= point < len(answer.question.points) for point in answer.made), answer.answer
        if answer.kind in ("gibberish", "question"):
            assert not answer.made, answer.answer
        if answer.kind == "full":
            assert answer.made == set(range(len(answer.question.points))), answer.answer


def test_gibberish_and_the_repeated_question_score_nothing(labelled: list[Labelled]) -> None:
    for answer in labelled:
        if answer.kind in ("gibberish", "question"):
            assert answer.found() == set(), answer.answer


def test_who_turns_a_point_round_is_often_told_and_others_seldom(labelled: list[Labelled]) -> None:
    told: dict[bool, list[bool]] = {True: [], False: []}
    for answer in labelled:
        question = answer.question
        asked = f"{question.ask.en}\n{question.ask.zh}"
        opposed = opposed_points(question.points, answer.answer, asked, question.answer)
        told[answer.kind == "contradiction"].append(bool(opposed))
    shares = {wrong: sum(each) / len(each) for wrong, each in told.items()}
    print(f"told: contradictions {shares[True]:.3f}, others {shares[False]:.3f}")
    assert shares[True] > 0.3
    assert shares[False] < 0.05


@pytest.mark.parametrize(("half", "precision", "recall"), [("tuned", 0.93, 0.88), ("untouched", 0.86, 0.86)])
def test_precision_and_recall_do_not_fall(
    labelled: list[Labelled],
    half: str,
    precision: float,
    recall: float,
) -> None:
    answers = [answer for answer in labelled if answer.half == half]
    for name in ("kind", "language"):
        for value in sorted({getattr(answer, name) for answer in answers}):
            score = Score.of([answer for answer in answers if getattr(answer, name) == value])
            print(f"{half:10} {value:14} precision {score.precision:.3f} recall {score.recall:.3f}")
    score = Score.of(answers)
    print(f"{half:10} {'all':14} precision {score.precision:.3f} recall {score.recall:.3f}  {score}")
    assert score.precision >= precision
    assert score.recall >= recall
