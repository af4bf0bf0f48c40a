"""Breaks mixed Chinese and English text into lines by display cells.

Rich breaks at spaces only, so a Chinese paragraph, which has none, would be cut anywhere: before a comma,
after an opening bracket, in the middle of a word. The rules here are those of Chinese typesetting (kinsoku).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

_NEVER_STARTS = frozenset("，。；：？！）》」』】〕〗〉、…％‰℃～々ー")
_NEVER_ENDS = frozenset("（《「『【〔〖〈")
#: the same for neighbours without a space between them; straight quotes may open or close, so they do neither
_CLINGS_TO_LEFT = _NEVER_STARTS | frozenset(",.;:?!)]}%°·/-–~”’\"'")
_CLINGS_TO_RIGHT = _NEVER_ENDS | frozenset("([{“‘$¥￥#@\"'")

_CODE = re.compile(r"`[^`]+`")
_HANGING = re.compile(r"\s*(?:(?:[-*•]|\d{1,3}[.)])\s+)?")
_SEPARATOR = re.compile(r"\s|(?<=[/._\-,=&?(])")
_JOINER = "\u200d"


class Span(NamedTuple):
    """One line of a paragraph: `indent` blanks, then characters `start` to `end`."""

    indent: int
    start: int
    end: int


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells.

    Lines that are already there are kept; under a list item (`- `, `1. `) they hang. Nothing inside a Latin
    word, a number or `code` is broken unless it is wider than a line. Only white space is dropped, and only
    at the ends of lines; tabs become spaces.
    """
    return [
        " " * span.indent + paragraph[span.start : span.end]
        for paragraph in paragraphs(text)
        for span in spans(paragraph, width)
    ]


def paragraphs(text: str) -> list[str]:
    """The lines of a text, tabs expanded."""
    return [line.expandtabs(4) for line in text.splitlines()]


def longest_chunk(text: str) -> int:
    """Cells of the longest part that a line break would cut: the narrowest width that breaks no word."""
    return max(
        (
            cell_len(paragraph[start:end])
            for paragraph in paragraphs(text)
            for start, end in _chunks(paragraph)
        ),
        default=0,
    )


def spans(paragraph: str, width: int) -> list[Span]:
    """Where a paragraph without line breaks is broken."""
    hanging = _HANGING.match(paragraph)
    indent = cell_len(hanging[0]) if hanging else 0
    indent = indent if indent <= width // 2 else 0
    lines: list[Span] = []
    start = end = 0
    room = max(width, 1)
    for chunk_start, chunk_end in _chunks(paragraph):
        if cell_len(paragraph[start:chunk_end]) > room:
            if end > start:
                lines.append(Span(indent if lines else 0, start, end))
                start, room = chunk_start, max(width - indent, 1)
            while cell_len(paragraph[start:chunk_end]) > room:
                cut, resume = _cut(paragraph, start, chunk_end, room)
                lines.append(Span(indent if lines else 0, start, cut))
                start, room = resume, max(width - indent, 1)
        end = chunk_end
    if end > start or not lines:
        lines.append(Span(indent if lines else 0, start, end))
    return lines


def _chunks(paragraph: str) -> Iterator[tuple[int, int]]:
    """What must stay together: the hanging mark with the first word, then words and single characters."""
    hanging = _HANGING.match(paragraph)
    code = [match.span() for match in _CODE.finditer(paragraph)]
    start = 0
    characters = [position for position, character in enumerate(paragraph) if not _is_blank(character)]
    for left, right in pairwise(characters):
        inside_code = any(opening < right < closing for opening, closing in code)
        if hanging and right <= hanging.end():
            continue
        if not inside_code and _may_break(paragraph, left, right):
            yield start, left + 1
            start = right
    if characters:
        yield start, characters[-1] + 1


def _is_blank(character: str) -> bool:
    return character.isspace() and character not in "\u00a0\u2007\u202f"


def _may_break(text: str, left: int, right: int) -> bool:
    """Whether a line may end after character `left` and the next begin with `right`; blanks stand between."""
    before, after = text[left], text[right]
    if right > left + 1:
        return after not in _NEVER_STARTS and before not in _NEVER_ENDS
    if after in _CLINGS_TO_LEFT or before in _CLINGS_TO_RIGHT:
        return False
    if before == _JOINER or get_character_cell_size(after) == 0:
        return False
    if before == "—":
        return after != "—"
    return get_character_cell_size(before) == 2 or get_character_cell_size(after) == 2


def _cut(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Where to cut text wider than a line, and where the next line begins.

    In the second half of the line a blank or a separator (`torch.nn.`) is a good place; else it is filled.
    """
    limit = start + 1
    while limit < end and cell_len(text[start : limit + 1]) <= room:
        limit += 1
    possible = [cut for cut in range(limit, start, -1) if _may_cut(text, cut)]
    half = start + (limit - start) // 2
    for cut in possible:
        if cut > half and _SEPARATOR.match(text, cut):
            break
    else:
        cut = possible[0] if possible else limit
    resume = cut
    while resume < end and _is_blank(text[resume]):
        resume += 1
    return start + len(text[start:cut].rstrip()), resume


def _may_cut(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if before == _JOINER or get_character_cell_size(after) == 0:
        return False
    return after not in _NEVER_STARTS and before not in _NEVER_ENDS
