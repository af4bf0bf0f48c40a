"""A question as a file brings it, before it is one of ours; and the text of HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Literal

from llmprep.content.items import Language, Text

Place = Literal["row", "line", "note"]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Pair:
    """Question and answer; what a file does not say is empty. `place` and `number` say where it stood."""

    question: Text
    answer: Text
    place: Place
    number: int
    id: str = ""
    level: int = 1
    points: tuple[Text, ...] = ()
    trap: Text = field(default_factory=lambda: Text("", ""))
    source: str = ""
    in_parts: bool = True
    """Whether the answer is the answer alone, so that it can be compared."""


def in_both(en: str, zh: str) -> Text:
    """A text in both languages; what is there in one alone stands for the other, too."""
    en, zh = clean(en), clean(zh)
    return Text(en or zh, zh or en)


def language_of(text: str) -> Language:
    """The language that a text is written in: one Chinese character decides."""
    return "zh" if _HAN.search(text) else "en"


def clean(text: str) -> str:
    """Without control characters, spaces at the ends of lines, and more than one empty line."""
    plain = _CONTROL.sub("", re.sub(r"\r\n?|[\u2028\u2029]", "\n", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in plain.split("\n"))).strip()


def cleaned(pair: Pair) -> Pair:
    """The pair with clean texts."""
    points = tuple(in_both(point.en, point.zh) for point in pair.points)
    return replace(
        pair,
        question=in_both(pair.question.en, pair.question.zh),
        answer=in_both(pair.answer.en, pair.answer.zh),
        points=tuple(point for point in points if point.en),
        trap=in_both(pair.trap.en, pair.trap.zh),
        source=" ".join(clean(pair.source).split()),
        id=clean(pair.id),
    )


# ---------------------------------------------------------------- HTML

_BREAKS = {"br", "div", "p", "li", "ul", "ol", "tr", "hr", "pre", "h1", "h2", "h3", "h4", "table"}
_UNREAD = {"script", "style"}


def text_of_html(source: str) -> str:
    """What a reader sees, line by line; code comes back between backticks."""
    reader = _Reader()
    reader.feed(re.sub(r"\[sound:[^\]]*\]", "", source))
    reader.close()
    return clean(re.sub(r" *\n[ \n]*", "\n", "".join(reader.said)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(self._unread - (tag in _UNREAD), 0)
        if tag not in ("br", "hr"):
            self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.said.append(data.replace("\u00a0", " ").replace("\n", " "))

    def _mark(self, tag: str) -> None:
        if tag in _BREAKS:
            self.said.append("\n")
        elif tag == "code":
            self.said.append("`")
