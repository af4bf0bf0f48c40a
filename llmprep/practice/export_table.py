"""Questions as a CSV file that a spreadsheet opens rightly: UTF-8 with its mark, one row a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from llmprep.content.items import Language, Text
from llmprep.practice.export_cards import BOTH, Card

TEXTS = ("question", "answer", "points", "trap")
_BYTE_ORDER_MARK = "\ufeff"


def csv_of(cards: Mapping[str, Sequence[Card]], languages: Sequence[Language]) -> bytes:
    """The file; with two languages every text has two columns, `question_en` and `question_zh`."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, columns(languages))
    table.writeheader()
    for listed in cards.values():
        for card in listed:
            table.writerow(row(card, languages))
    return (_BYTE_ORDER_MARK + file.getvalue()).encode("utf-8", "replace")


def columns(languages: Sequence[Language]) -> list[str]:
    """The header."""
    suffixes = [""] if len(languages) == 1 else [f"_{language}" for language in languages]
    texts = [f"{name}{suffix}" for name in TEXTS for suffix in suffixes]
    return ["id", "topic", "level", *texts, "source"]


def row(card: Card, languages: Sequence[Language] = BOTH) -> dict[str, str]:
    """A card by column; points are one a line."""
    points = Text(*("\n".join(point[language] for point in card.points) for language in BOTH))
    texts = {"question": card.question, "answer": card.answer, "points": points}
    texts["trap"] = card.trap or Text("", "")
    said = {"id": card.id, "topic": card.topic, "level": str(card.level), "source": card.source}
    for name in TEXTS:
        for language in languages:
            suffix = "" if len(languages) == 1 else f"_{language}"
            said[f"{name}{suffix}"] = texts[name][language]
    return said
