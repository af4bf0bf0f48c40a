"""Drills, their known mistakes and the notes beside the reference, as their authors write them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from llmprep.content.text import Item, Language, Text


@dataclass(frozen=True)
class ParameterTable(Item):
    """The parameters a learner's module must have, generated from the reference (checked)."""

    build: str
    table: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Drill(Item):
    """`drills/<id>/drill.yaml`: what the learner reads before writing.

    Attributes:
        topic: its family, an id of `drills/families.yaml`.
        names: functions and classes that the file must define.
        hints: a ladder of four: idea, formula, shape plan, almost code.
        forbid: calls that would hand over the answer, as dotted names (`torch.softmax`).
        then: ids of questions an interviewer asks next.
        needs: drills best done before this one.
        ranks: how many processes its probes start together (`t.ranks`); they are started beforehand.
        requires: libraries beside torch that it is written with; it is not given where one is missing.
    """

    title: Text
    topic: str
    level: Literal[1, 2, 3]
    minutes: int
    order: int
    names: tuple[str, ...]
    prompt: Text
    hints: tuple[Text, ...]
    source: str
    forbid: tuple[str, ...] = ()
    parameters: tuple[ParameterTable, ...] = ()
    then: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    requires: tuple[str, ...] = ()
    revision: int = 1


@dataclass(frozen=True)
class Family(Item):
    """An entry of `drills/families.yaml`: drills that belong together, in the order of the file."""

    id: str
    title: Text


@dataclass(frozen=True)
class Mistake(Item):
    """A wrong solution that candidates really write, as the smallest edit of the reference.

    Attributes:
        swap: text in the reference (occurring exactly once) → what the candidate wrote instead.
        file: instead of `swap`, a whole wrong implementation beside mistakes.yaml.
        concept: id of the question to re-read.
    """

    id: str
    en: str
    zh: str
    swap: dict[str, str] = dataclasses.field(default_factory=dict)
    file: str | None = None
    concept: str | None = None

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Notes(Item):
    """`solutions/<id>/notes.yaml`: read beside the reference after a pass.

    Attributes:
        remarks: what to notice in the reference, most important first.
        cost: time and memory, as one would say them.
        compared: the independent implementation the reference is checked against.
    """

    remarks: tuple[Text, ...]
    cost: Text
    compared: str
    source: str
