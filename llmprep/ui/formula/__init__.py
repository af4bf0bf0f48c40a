"""TeX in a terminal: `layout` draws a formula in two dimensions, `linear` writes it in one line.

The way of a formula: source (pylatexenc's tokens) → parse (tree of nodes) → picture (boxes of text) or line.
symbols.py says what every macro stands for.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from rich.cells import cell_len

from llmprep.ui.formula.nodes import FormulaError, Kind, Row
from llmprep.ui.formula.symbols import character_kind
from llmprep.ui.wrap import longest_chunk, paragraphs, wrap

__all__ = ["FormulaError", "layout", "linear", "parse_error", "unknown_macros"]

_NO_BREAK = "\u00a0"


def layout(tex: str, width: int | None = None) -> list[str]:
    """Draw a formula as lines of equal display width.

    Wider than `width` cells, it is broken before relations and signs; if that does not help, it is written
    as by `linear`, on as many lines as it needs. TeX that cannot be parsed is given back as it is.
    """
    from llmprep.ui.formula.parse import parse
    from llmprep.ui.formula.picture import Picture

    try:
        picture = Picture(parse(tex).tree)
        whole = picture.whole()
        if width is None or whole.width <= width:
            return list(whole.lines)
        broken = picture.broken(width)
    except (FormulaError, RecursionError):
        return _equal(_raw(tex, width))
    if broken is not None:
        return list(broken.lines)
    return _equal(_folded(linear(tex), width))


def linear(tex: str, within: str | None = None) -> str:
    """Write a formula in one line; parentheses stand where TeX's braces are needed to read it rightly.

    `within` is the formula that `tex` is a symbol of: y_l, alone, would be yₗ, but not beside its y_w.
    """
    from llmprep.ui.formula.line import Line
    from llmprep.ui.formula.parse import parse

    try:
        tree = parse(tex).tree
        return Line(tree, tree if within is None else Row((parse(within).tree, tree))).whole()
    except (FormulaError, RecursionError):
        return " ".join(_raw(tex, None))


def unknown_macros(tex: str) -> list[str]:
    """Macros and environments that we cannot draw, as written; none for TeX that cannot be parsed."""
    from llmprep.ui.formula.parse import parse

    try:
        return list(parse(tex).unknown)
    except (FormulaError, RecursionError):
        return []


def parse_error(tex: str) -> str | None:
    """Why a formula cannot be drawn, as the end of a sentence; None if it can."""
    from llmprep.ui.formula.parse import parse

    try:
        parse(tex)
    except FormulaError as error:
        return str(error)
    except RecursionError:
        return "the formula is nested too deeply"
    return None


def _folded(line: str, width: int) -> list[str]:
    """A line of mathematics on several, broken before operators if that is enough."""
    words = line.split(" ")
    folded = words[0]
    for previous, word in pairwise(words):
        breakable = character_kind(word) in (Kind.RELATION, Kind.BINARY) or previous.endswith((",", ";"))
        folded += (" " if breakable else _NO_BREAK) + word
    lines = wrap(folded if longest_chunk(folded) <= width else line, width)
    return [row.replace(_NO_BREAK, " ") for row in lines]


def _raw(tex: str, width: int | None) -> list[str]:
    """The source with control characters made visible, so that they do not reach the terminal."""
    shown = "".join(
        "\ufffd"
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r"
        else character
        for character in tex
    )
    return paragraphs(shown) if width is None else wrap(shown, width)


def _equal(lines: list[str]) -> list[str]:
    width = max(map(cell_len, lines), default=0)
    return [line + " " * (width - cell_len(line)) for line in lines or [""]]
