"""Questions and banks, as their authors write them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from llmprep.content.text import Item, Language, Text

QuestionKind = Literal["open", "choice", "computed"]


@dataclass(frozen=True)
class Point(Item):
    """One thing a full answer contains, and how a typed answer shows that it was said, in either language.

    Attributes:
        any: phrases each of which shows it.
        all: groups of phrases; one of every group in one sentence shows it.
        unless: phrases that show the opposite: a sentence with one of them does not count.
        about: names of the thing the point is about, where a question compares several: what is said of
            another one does not count.
        unlike: names of compared things that no point is about.
    """

    en: str
    zh: str
    any: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Choice(Item):
    """One option of a choice question; every wrong one says why it is wrong."""

    en: str
    zh: str
    right: bool = False
    why: Text | None = None

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Question(Item):
    """A question; which of `points`, `choices`, `compute` is present decides its kind.

    Attributes:
        id: unique over all banks; survives edits of the text.
        level: 1 warm-up, 2 core, 3 deep.
        source: `paper-id §section`, several separated by `; `.
        vary: for computed questions, the values each name is drawn from.
        compute: an expression over `vary` and the functions of `llmprep.calc`.
        tolerance: relative, as `"3%"`.
        revision: raised on purpose to reset the card's schedule.
    """

    id: str
    ask: Text
    level: Literal[1, 2, 3]
    source: str
    points: tuple[Point, ...] = ()
    choices: tuple[Choice, ...] = ()
    compute: str | None = None
    vary: dict[str, tuple[str | int | float, ...]] = dataclasses.field(default_factory=dict)
    tolerance: str = "1%"
    answer: Text | None = None
    trap: Text | None = None
    then: tuple[str, ...] = ()
    drills: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    revision: int = 1

    @property
    def kind(self) -> QuestionKind:
        if self.choices:
            return "choice"
        return "computed" if self.compute else "open"


@dataclass(frozen=True)
class Topic(Item):
    """A bank without its questions."""

    title: Text
    asked: int = 0


@dataclass(frozen=True)
class QuestionBank(Item):
    """One file of `questions/`: a topic and its questions, in the order they are best learned.

    Attributes:
        order: how many questions of the first banks come before the first of this one.
        asked: how many reports of real interviews mention one of its questions; topics are weighted by it.
    """

    title: Text
    questions: tuple[Question, ...]
    order: int = 60
    asked: int = 0
