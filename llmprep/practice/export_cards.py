"""Questions as cards: a choice has its letters and a computed question its numbers, always the same ones.

Every form of taking content along (Anki, CSV, Markdown, HTML) is written from these.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language, ModelCard, Question, Text
from llmprep.practice.quiz import draw_numbers

BOTH: tuple[Language, ...] = ("en", "zh")
LABELS = {
    "answer": Text("Answer", "答案"),
    "points": Text("Points", "要点"),
    "trap": Text("Trap", "陷阱"),
    "source": Text("Source", "来源"),
}
LEVELS = {1: Text("warm-up", "热身"), 2: Text("core", "核心"), 3: Text("deep", "深入")}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Card:
    """A question as it is read, not answered: everything in texts."""

    id: str
    topic: str
    level: int
    question: Text
    answer: Text
    points: tuple[Text, ...]
    trap: Text | None
    source: str
    then: tuple[str, ...] = ()
    drills: tuple[str, ...] = ()


def cards(catalogue: Catalogue, topics: Sequence[str] = ()) -> dict[str, list[Card]]:
    """Cards by topic, in the order in which both are best learned; all topics when none is named."""
    models = catalogue.models()
    found = {}
    for topic in topics or catalogue.topics():
        names = catalogue.ordered_ids("question", topic)
        found[topic] = [card(catalogue.question(name), topic, models) for name in names]
    return {topic: listed for topic, listed in found.items() if listed}


def card(question: Question, topic: str, models: Mapping[str, ModelCard]) -> Card:
    """One question as a card."""
    ask, answer = question.ask, question.answer or Text("", "")
    points: tuple[Text, ...] = tuple(Text(point.en, point.zh) for point in question.points)
    if question.kind == "choice":
        ask, answer, points = _lettered(question, answer)
    elif question.kind == "computed":
        ask, answer = _with_numbers(question, answer, models)
    return Card(
        question.id, topic, question.level, ask, answer, points, question.trap, question.source,
        question.then, question.drills,
    )  # fmt: skip


def _lettered(question: Question, answer: Text) -> tuple[Text, Text, tuple[Text, ...]]:
    """The choices, lettered, below the question; the answer begins with the right one; why not the others."""
    choices = list(question.choices)
    random.Random(question.id).shuffle(choices)
    lettered = list(zip(_LETTERS, choices, strict=False))
    options = Text(*("".join(f"\n{letter}. {one[lang]}" for letter, one in lettered) for lang in BOTH))
    right = [(letter, one) for letter, one in lettered if one.right]
    named = Text(*("\n".join(f"{letter}. {one[lang]}" for letter, one in right) for lang in BOTH))
    whys = tuple(
        Text(f"{letter}: {one.why.en}", f"{letter}：{one.why.zh}") for letter, one in lettered if one.why
    )
    return _joined(question.ask, options, ""), _joined(named, answer), whys


def _with_numbers(question: Question, answer: Text, models: Mapping[str, ModelCard]) -> tuple[Text, Text]:
    from llmprep.calc.quantity import format_quantity

    drawn = draw_numbers(question, random.Random(question.id), models)
    unit = f" {drawn.unit}" if drawn.unit else ""
    result = f"{format_quantity(drawn.expected)}{unit} (±{question.tolerance})"
    return drawn.ask, _joined(Text(f"≈ {result}", f"≈ {result}"), answer)


def _joined(first: Text, second: Text, between: str = "\n") -> Text:
    return Text(*(between.join(filter(None, (first[lang].strip("\n"), second[lang]))) for lang in BOTH))


# ---------------------------------------------------------------- texts of cards


def in_languages(text: Text, languages: Sequence[Language]) -> Iterator[tuple[Language, str]]:
    """A text in each of the languages; once, if it says the same in both."""
    said: set[str] = set()
    for language in languages:
        if text[language] not in said:
            said.add(text[language])
            yield language, text[language]


def html(text: str) -> str:
    """Prose as HTML: code between backticks, line ends kept."""
    from html import escape

    pieces = escape(text.strip(), quote=False).split("`")
    if len(pieces) % 2 == 0:  # a backtick that opens nothing is one
        pieces[-2:] = ["`".join(pieces[-2:])]
    marked = "".join(f"<code>{piece}</code>" if n % 2 else piece for n, piece in enumerate(pieces))
    return marked.replace("\n", "<br>")
