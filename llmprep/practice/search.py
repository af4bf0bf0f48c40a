"""Searching questions, drills, papers and the learner's notes, with the passage that says it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmprep.content import full_text
from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language, Text

AROUND = 60
"""Characters of a passage before what was found; twice as many after."""


@dataclass(frozen=True)
class Found:
    """One hit: an item or a note, and the passage nearest to what was asked, with the places to mark."""

    kind: str
    id: str
    title: Text
    passage: str
    marks: tuple[tuple[int, int], ...]
    topic: str = ""


def search(
    catalogue: Catalogue,
    words: str,
    language: Language,
    kinds: Sequence[str] = full_text.INDEXED,
    limit: int = 20,
) -> list[Found]:
    """Items that say all of `words`, or else some of them, the nearest first."""
    pattern = _pattern(words)
    found = []
    for hit in catalogue.search(words, kinds, limit):
        said = [text for text in _said(json.loads(hit.json), language) if text != hit.title[language]]
        passage, marks = _passage(map(_named, said), pattern)
        title = Text(_named(hit.title.en), _named(hit.title.zh))
        found.append(Found(hit.kind, hit.id, title, passage, marks, hit.topic))
    return found


def search_notes(folder: Path, words: str) -> list[Found]:
    """The learner's own notes in which every word stands."""
    pieces = full_text.pieces(words)
    pattern = _pattern(words)
    found = []
    for path in sorted(folder.glob("*.md")):
        try:
            text = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
        if pieces and all(piece in full_text.normal(text) for piece in pieces):
            passage, marks = _passage(text.splitlines(), pattern)
            found.append(Found("note", path.stem, Text(str(path), str(path)), passage, marks))
    return found


def _pattern(words: str) -> re.Pattern[str]:
    """Where a word of the query begins, in either spelling."""
    ways = []
    for piece in full_text.pieces(words):
        stem = re.escape(full_text.stem(piece))
        begins = r"(?<![A-Za-z])" if piece[0].isascii() and piece[0].isalpha() else ""
        ways.append(begins + re.sub(r"iz(?=ation|e|ing|$)", "i[sz]", stem))
    return re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)


def _named(template: str) -> str:
    """The numbers of a computed question are drawn when it is asked; until then they have names."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", template)


def _said(value: Any, language: Language) -> Iterator[str]:
    """Every text of an item in the learner's language."""
    if isinstance(value, list):
        for element in value:
            yield from _said(element, language)
    elif isinstance(value, dict):
        if isinstance(value.get("en"), str) and isinstance(value.get("zh"), str):
            yield value[language]
        for key, element in value.items():
            if key != "hints":
                yield from _said(element, language)


def _passage(texts: Iterable[str], pattern: re.Pattern[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with the most of what was asked, cut to one or two lines around the first of it."""
    best, score = "", 0
    for text in texts:
        different = len({match[0].lower() for match in pattern.finditer(text)})
        if different > score:
            best, score = text, different
    flat = " ".join(best.split())
    first = pattern.search(flat)
    if first is None:
        return "", ()
    start = max(first.start() - AROUND, 0)
    end = min(first.start() + 2 * AROUND, len(flat))
    if start > 0 and " " in flat[start : first.start()]:
        start = flat.index(" ", start) + 1
    cut = ("…" if start else "") + flat[start:end].strip() + ("…" if end < len(flat) else "")
    return cut, tuple(match.span() for match in pattern.finditer(cut))
