"""What authors write, as plain frozen dataclasses: the vocabulary every other room speaks.

Nothing here imports pydantic: a catalogue read back at start-up is built straight from JSON
(`json_form.py`), while `validate.py` checks the very same classes with pydantic when content is compiled.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Language = Literal["en", "zh"]
QuestionKind = Literal["open", "choice", "computed"]
BeatName = Literal["background", "core", "details", "impact", "followups"]
ItemKind = Literal["question", "drill", "paper"]

_FORBID_UNKNOWN_KEYS: dict[str, Any] = {"extra": "forbid"}


class Item:
    """Base of everything an author writes: unknown keys are typing mistakes, so they are refused."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _FORBID_UNKNOWN_KEYS


@dataclass(frozen=True)
class Text(Item):
    """One sentence or paragraph, written natively in both languages."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


# ---------------------------------------------------------------- questions


@dataclass(frozen=True)
class Point(Item):
    """One thing a full answer contains; `any` lists phrases (either language) that show it was said."""

    en: str
    zh: str
    any: tuple[str, ...] = ()

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
class QuestionBank(Item):
    """One file of `questions/`: a topic and its questions, in the order they are best learned."""

    title: Text
    questions: tuple[Question, ...]


# ------------------------------------------------------------------- papers


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


# ------------------------------------------------------------------- drills


@dataclass(frozen=True)
class ParameterTable(Item):
    """The parameters a learner's module must have, generated from the reference (checked)."""

    build: str
    table: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Drill(Item):
    """`drills/<id>/drill.yaml`: what the learner reads before writing.

    Attributes:
        names: functions and classes that the file must define.
        hints: a ladder of four: idea, formula, shape plan, almost code.
        forbid: calls that would hand over the answer, as dotted names (`torch.softmax`).
        then: ids of questions an interviewer asks next.
        needs: drills best done before this one.
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
    revision: int = 1


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


# ------------------------------------------------------------------- models


@dataclass(frozen=True)
class ModelCard(Item):
    """The architecture of one real model: what its parameters can be counted from.

    Widths are in elements, `tokens` in tokens of pre-training.

    Attributes:
        layers: blocks; for an encoder-decoder, of each of the two stacks.
        ffn_matrices: 2 for W₁, W₂; 3 for gated ones (SwiGLU).
        vocabulary: rows of the embedding matrix.
        context: tokens; the rows of the position matrix where positions are learned; None if unlimited.
        tied: the output projection is the embedding matrix.
        parameters: as published, in the paper or, where that only rounds to "7B", with the checkpoint.
        segments: rows of the segment embedding (BERT).
        embedding_norm: a norm on the sum of the embeddings (BERT).
        final_norm: a norm after the last block.
    """

    id: str
    name: str
    family: str
    source: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    head_width: int
    ffn_width: int
    ffn_matrices: Literal[2, 3]
    vocabulary: int
    context: int | None
    tied: bool
    attention_bias: Literal["none", "qkv", "all"]
    ffn_bias: bool
    norm: Literal["layernorm", "rmsnorm"]
    position: Literal["learned", "sinusoidal", "rope", "alibi", "relative"]
    kind: Literal["encoder", "decoder", "encoder-decoder"]
    activation: str
    parameters: float
    tokens: float | None = None
    segments: int = 0
    pooler: bool = False
    embedding_norm: bool = False
    final_norm: bool = False
