"""Questions as one Markdown file: a heading a topic, a smaller one a question; it can be read in again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from llmprep.content.items import Language, Topic
from llmprep.practice.export_cards import LABELS, LEVELS, Card, in_languages

_SPECIAL = re.compile(r"([\\*<>\[\]]|(?<!\w)_|_(?!\w))")
"""What means something in prose; the underscore of d_model, within a word, does not."""
_AT_LINE_START = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]\s))", re.MULTILINE)


def markdown_of(
    cards: Mapping[str, Sequence[Card]],
    topics: Mapping[str, Topic],
    languages: Sequence[Language],
    reader: Language,
) -> str:
    """The file; headings and labels are in the reader's language."""
    lines: list[str] = []
    for topic, listed in cards.items():
        lines += [f"# {_escaped(topics[topic].title[reader])}", ""]
        for card in listed:
            lines += [*_card(card, languages, reader), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _card(card: Card, languages: Sequence[Language], reader: Language) -> Iterator[str]:
    asked = [text for _, text in in_languages(card.question, languages)]
    heads = [text.strip().partition("\n") for text in asked]
    yield f"## {' / '.join(_escaped(head) for head, _, _ in heads)}"
    for _, _, rest in heads:
        if rest:
            yield ""
            yield _broken(rest)
    for _, answer in in_languages(card.answer, languages):
        yield ""
        yield _broken(answer)
    for language in languages if card.points else ():
        yield ""
        yield f"**{LABELS['points'][language]}**"
        yield ""
        for point in card.points:
            yield f"- {_broken(point[language])}"
    for language, trap in in_languages(card.trap, languages) if card.trap else ():
        yield ""
        yield f"**{LABELS['trap'][language]}**{_colon(language)}{_broken(trap)}"
    yield ""
    source = f"{LABELS['source'][reader]}{_colon(reader)}{_escaped(card.source)}"
    yield f"*{LEVELS[card.level][reader]} · {source} · `{card.id}`*"


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "


def _broken(text: str) -> str:
    """Line ends that stay line ends."""
    return "  \n".join(_escaped(line) for line in text.strip().splitlines())


def _escaped(text: str) -> str:
    """Prose in which nothing but code between backticks is marked up."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return _AT_LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text)).replace("`", "\\`")
    plain = (piece if n % 2 else _SPECIAL.sub(r"\\\1", piece) for n, piece in enumerate(pieces))
    return _AT_LINE_START.sub(r"\1\\\2", "`".join(plain))
