"""Five-minute talks, as their authors write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from llmprep.content.pictures import Picture
from llmprep.content.text import Item, Language, Text

BeatName = Literal["background", "core", "details", "impact", "followups"]


@dataclass(frozen=True)
class Beat(Item):
    """One timed part of a talk: the words to say and the points to tick off after rehearsing."""

    name: BeatName
    seconds: int
    say: Text
    points: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Symbol(Item):
    """A symbol of a formula and what it stands for, with its shape where it has one."""

    tex: str
    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Formula(Item):
    """A formula in TeX, every symbol of it explained."""

    name: Text
    tex: str
    symbols: tuple[Symbol, ...]
    source: str


@dataclass(frozen=True)
class NumberTable(Item):
    """A table of the paper's numbers; cells are strings as they are to be said."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


@dataclass(frozen=True)
class Asked(Item):
    """A question an interviewer asks, with the answer as one would say it."""

    ask: Text
    answer: Text
    source: str


@dataclass(frozen=True)
class DeepDetail(Item):
    """The one detail that shows the paper was read and not only its abstract."""

    title: Text
    say: Text
    source: str


@dataclass(frozen=True)
class Misconception(Item):
    """A claim that circulates and what is true instead."""

    claim: Text
    truth: Text
    source: str


@dataclass(frozen=True)
class Paper(Item):
    """A five-minute talk on one work (file name = id)."""

    title: str
    name: Text
    authors: str
    year: int
    venue: str
    link: str
    order: int
    one_line: Text
    contributions: tuple[Text, ...]
    beats: tuple[Beat, ...]
    formulas: tuple[Formula, ...]
    numbers: tuple[NumberTable, ...]
    deep: DeepDetail
    asked: tuple[Asked, ...]
    limits: tuple[Text, ...]
    misconceptions: tuple[Misconception, ...]
    pictures: tuple[Picture, ...] = ()
    aliases: tuple[str, ...] = ()
    must_know: bool = False
    drills: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference(Item):
    """A work that questions may cite without there being a talk on it (`papers/references.yaml`)."""

    id: str
    title: str
    year: int
    link: str
