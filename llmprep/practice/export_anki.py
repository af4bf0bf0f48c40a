"""Questions and formulas as an Anki package. What a note is called never changes, so that importing a later
package brings the notes up to date and never doubles one.

genanki makes the package; it is an optional part of llmprep (the extra `anki`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from llmprep.content.items import Formula, Language, Paper, Text
from llmprep.practice.export_cards import LABELS, Card, html, in_languages

if TYPE_CHECKING:
    from types import ModuleType

MODEL_ID = 1_607_392_319
"""Of our kind of note; an Anki collection knows it by this number. Never changed."""
FIELDS = ("Question", "Answer", "Points", "Trap", "Source", "Id")
_DECK_IDS = range(1 << 30, 1 << 31)
_PARENT = "llmprep"
_FORMULAS = "formulas"
_QUESTION_SIDE = '<div class="question">{{Question}}</div>'
_ANSWER_SIDE = """{{FrontSide}}<hr id="answer">
<div class="answer">{{Answer}}</div>
{{#Points}}<div class="points">{{Points}}</div>{{/Points}}
{{#Trap}}<div class="trap">{{Trap}}</div>{{/Trap}}
<div class="source">{{Source}} · {{Id}}</div>"""
_STYLE = """.card { font-family: system-ui, sans-serif; font-size: 18px; line-height: 1.5; text-align: left;
  max-width: 42em; margin: 0 auto; }
.question { font-weight: 600; }
.en + .zh { margin-top: .6em; }
.points ul { padding-left: 1.2em; }
.trap { border-left: 3px solid #c2410c; padding-left: .6em; margin: .6em 0; }
.source { color: #6e7781; font-size: 13px; margin-top: 1em; }
code { font-family: ui-monospace, monospace; background: rgba(127, 127, 127, .18); padding: 0 .25em; }"""


class NoAnki(Exception):  # noqa: N818 - something is not installed
    """genanki is not installed."""


def package(
    cards: Mapping[str, Sequence[Card]],
    papers: Mapping[str, Paper],
    languages: Sequence[Language],
    made: datetime,
) -> tuple[bytes, int]:
    """The package and the number of its notes: a deck a topic, and one of the formulas of `papers`.

    Args:
        made: Anki takes over a note's text when it is newer than the one it has.

    Raises:
        NoAnki: genanki is not installed.
    """
    genanki = _genanki()
    model = genanki.Model(
        MODEL_ID,
        "llmprep",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "llmprep", "qfmt": _QUESTION_SIDE, "afmt": _ANSWER_SIDE}],
        css=_STYLE,
    )
    decks = []
    for topic, listed in cards.items():
        notes = ((card.id, _fields(card, languages), [topic, f"level-{card.level}"]) for card in listed)
        decks.append(_deck(genanki, model, topic, notes))
    formulas = list(_formulas(papers, languages))
    if formulas:
        decks.append(_deck(genanki, model, _FORMULAS, formulas))
    file = io.BytesIO()
    genanki.Package(decks).write_to_file(file, timestamp=made.timestamp())
    return file.getvalue(), sum(len(deck.notes) for deck in decks)


def _genanki() -> ModuleType:
    try:
        return import_module("genanki")
    except ModuleNotFoundError as error:
        raise NoAnki from error


def _deck(genanki: Any, model: Any, name: str, notes: Iterable[tuple[str, list[str], list[str]]]) -> Any:
    """A deck; its name is the topic's id, for Anki would make another deck for a title that changed."""
    deck = genanki.Deck(deck_id(name), f"{_PARENT}::{name}")
    for identifier, fields, tags in notes:
        guid = genanki.guid_for("llmprep", identifier)
        deck.add_note(genanki.Note(model=model, fields=fields, guid=guid, tags=["llmprep", *tags]))
    return deck


def deck_id(name: str) -> int:
    """The number of a topic's deck, the same on every machine and in every language."""
    drawn = int.from_bytes(blake2b(f"llmprep/{name}".encode(), digest_size=8).digest(), "big")
    return _DECK_IDS[drawn % len(_DECK_IDS)]


def _fields(card: Card, languages: Sequence[Language]) -> list[str]:
    points = "".join(
        f'<div class="{language}">{LABELS["points"][language]}<ul>'
        + "".join(f"<li>{html(point[language])}</li>" for point in card.points)
        + "</ul></div>"
        for language in (languages if card.points else ())
    )
    trap = _texts(card.trap, languages) if card.trap else ""
    texts = [_texts(text, languages) for text in (card.question, card.answer)]
    return [*texts, points, trap, html(card.source), card.id]


def _texts(text: Text, languages: Sequence[Language]) -> str:
    said = in_languages(text, languages)
    return "".join(f'<div class="{language}">{html(one)}</div>' for language, one in said)


# ---------------------------------------------------------------- formulas


def _formulas(
    papers: Mapping[str, Paper], languages: Sequence[Language]
) -> Iterator[tuple[str, list[str], list[str]]]:
    for name, paper in papers.items():
        for formula in paper.formulas:
            ask = Text(*(_ask(paper, formula, language) for language in ("en", "zh")))
            symbols = "".join(
                f'<div class="{language}"><ul>'
                + "".join(f"<li>{mathjax(one.tex)} {html(one[language])}</li>" for one in formula.symbols)
                + "</ul></div>"
                for language in languages
            )
            identifier = f"{name}/{formula.name.en}"
            shown = mathjax(formula.tex, display=True)
            fields = [_texts(ask, languages), shown, symbols, "", html(formula.source), escape(identifier)]
            yield identifier, fields, [name, "formula"]


def _ask(paper: Paper, formula: Formula, language: Language) -> str:
    name, what = paper.name[language], formula.name[language]
    return f"{name}：写出公式「{what}」" if language == "zh" else f"{name}: write the formula of “{what}”"


def mathjax(tex: str, display: bool = False) -> str:
    """TeX in the delimiters of Anki's own MathJax."""
    source = escape(" ".join(tex.split()), quote=False)
    return rf"\[ {source} \]" if display else rf"\( {source} \)"
