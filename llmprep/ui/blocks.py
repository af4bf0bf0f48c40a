"""What practices and papers are made of on the screen: paragraphs, formulas, tables of numbers, lists.

Content is data, not markup: `[bold]` and `:smile:` are printed as they are written. Every character that
an author wrote reaches the screen at any width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.content.items import Formula, Language, NumberTable, Picture
from llmprep.ui.wrap import longest_chunk, paragraphs, spans, wrap

_CODE = re.compile(r"`[^`]+`")
_NUMBER = re.compile(r"[-−+±~≈<>≤≥$]*\d\S*(?: (?:%|[A-Za-z]{1,4}))?|[-–—]|")
_INDENT = 2
_GAP = 3  # cells between two columns
_WIDEST_WORD = 16  # a longer word in a table cell is broken rather than giving up the table


def prose(text: str, style: str | None = None) -> RenderableType:
    """Paragraphs wrapped for Chinese and English at the width there is, with `code` set apart."""
    return _Prose(text, style)


def marked(text: str, marks: Sequence[tuple[int, int]], style: str) -> RenderableType:
    """One paragraph with parts of it set apart."""
    return _Prose(text, None, tuple((start, end, style) for start, end in marks))


def bullet_list(items: Iterable[str]) -> RenderableType:
    """One bullet for each item; long items hang under their first word."""
    return _BulletList(tuple(items))


def formula_block(formula: Formula, language: Language) -> RenderableType:
    """A formula's name, its picture, and what every symbol stands for."""
    return _FormulaBlock(formula, language)


def number_table(table: NumberTable, language: Language) -> RenderableType:
    """A table with its caption; where it is too narrow for columns, one entry under the other."""
    return _NumberTable(table, language)


def picture_block(picture: Picture, language: Language) -> RenderableType:
    """A picture with its name and note; a list of its parts where it is too narrow to draw."""
    return _PictureBlock(picture, language)


class _Prose:
    def __init__(self, text: str, style: str | None, marks: Sequence[tuple[int, int, str]] = ()) -> None:
        self._text = text
        self._style = style
        self._marks = marks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in paragraphs(self._text):
            for line in _styled_lines(paragraph, options.max_width, self._marks):
                line.style = self._style or ""
                yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, paragraphs(self._text)), default=0)
        return Measurement(longest_chunk(self._text), widest).with_maximum(options.max_width)


def _styled_lines(paragraph: str, width: int, marks: Sequence[tuple[int, int, str]] = ()) -> Iterable[Line]:
    whole = Line(paragraph)
    for start, end, style in marks:
        whole.stylize(style, start, end)
    for match in _CODE.finditer(paragraph):
        whole.stylize("code", *match.span())
    for span in spans(paragraph, width):
        line = Line(" " * span.indent, no_wrap=True, overflow="fold")
        yield line.append_text(whole[span.start : span.end])


class _BulletList:
    def __init__(self, items: Sequence[str]) -> None:
        self._items = items

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bullet = "*" if options.ascii_only else "•"
        for item in self._items:
            yield prose(f"{bullet} " + item.strip().replace("\n", "\n  "))


class _FormulaBlock:
    def __init__(self, formula: Formula, language: Language) -> None:
        self._formula = formula
        self._language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from llmprep.ui.formula import layout

        tex = self._formula.tex.strip()
        width = max(options.max_width - _INDENT, 1)
        picture = wrap(tex, width) if options.ascii_only else layout(tex, width)
        yield prose(self._formula.name[self._language], "bold")
        yield Line()
        for line in picture:
            yield Line(" " * _INDENT + line.rstrip(), no_wrap=True, overflow="fold")
        if self._formula.symbols:
            yield Line()
            yield Padding(self._legend(width, options.ascii_only), (0, 0, 0, _INDENT))

    def _legend(self, width: int, ascii_only: bool) -> Table:
        from llmprep.ui.formula import linear

        tex, symbols = self._formula.tex, self._formula.symbols
        written = [symbol.tex.strip() if ascii_only else linear(symbol.tex, within=tex) for symbol in symbols]
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        grid.add_column(width=min(max(map(cell_len, written)), max(width // 3, 1)), overflow="fold")
        grid.add_column(overflow="fold")
        for text, symbol in zip(written, symbols, strict=True):
            grid.add_row(prose(text, "bold"), prose(symbol[self._language]))
        return grid


class _PictureBlock:
    def __init__(self, picture: Picture, language: Language) -> None:
        self._picture = picture
        self._language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from llmprep.ui.picture import LINES, draw, outline

        part, language = self._picture.draw, self._language
        yield prose(self._picture.name[language], "bold")
        yield Line()
        room = options.max_width - _INDENT
        lines = draw(part, language, room, options.ascii_only)
        if lines is None:
            yield from (
                Padding(prose(line), (0, 0, 0, _INDENT), expand=False) for line in outline(part, language)
            )
        for drawn in lines or ():
            line = Line(" " * _INDENT + drawn, no_wrap=True, overflow="ignore")
            line.highlight_regex(f"[{LINES}]+", "faint")
            yield line
        if self._picture.note is not None:
            yield Line()
            yield Padding(prose(self._picture.note[language]), (0, 0, 0, _INDENT), expand=False)


class _NumberTable:
    def __init__(self, table: NumberTable, language: Language) -> None:
        self._language = language
        self._caption = table.caption[language]
        self._head = [column[language] for column in table.columns]
        self._rows = [list(row) for row in table.rows]
        self._columns = list(zip_longest(self._head, *self._rows, fillvalue=""))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield prose(self._caption, "bold")
        yield Line()
        gaps = _GAP * (len(self._columns) - 1)
        narrowest = [min(max(map(longest_chunk, column)), _WIDEST_WORD) for column in self._columns]
        if sum(narrowest) + gaps > options.max_width:
            yield from self._entries()
            return
        widest = [max(map(cell_len, column)) for column in self._columns]
        yield self._table(_shared(narrowest, widest, options.max_width - gaps))

    def _table(self, widths: Sequence[int]) -> Table:
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for number, (column, width) in enumerate(zip(self._columns, widths, strict=True)):
            is_numeric = number > 0 and all(map(_NUMBER.fullmatch, column[1:]))
            table.add_column(
                prose(column[0], "bold"),
                width=width,
                justify="right" if is_numeric else "left",
                overflow="fold",
            )
        for row in zip(*(column[1:] for column in self._columns), strict=True):
            table.add_row(*map(prose, row))
        return table

    def _entries(self) -> Iterable[RenderableType]:
        """Each row as its name and, under it, a line for each of its cells."""
        colon = "：" if self._language == "zh" else ": "
        for row in self._rows:
            name, *others = (
                f"{head}{colon}{cell}" for head, cell in zip_longest(self._head, row, fillvalue="")
            )
            yield prose(name, "bold")
            yield from (Padding(prose(other), (0, 0, 0, _INDENT)) for other in others)


def _shared(narrowest: Sequence[int], widest: Sequence[int], room: int) -> list[int]:
    """Column widths between narrowest and widest: `room` cells shared so that short columns need not wrap."""
    widths = list(narrowest)
    needs = sorted(range(len(widths)), key=lambda number: widest[number] - narrowest[number])
    for served, number in enumerate(needs):
        fair = (room - sum(widths)) // (len(needs) - served)
        widths[number] += min(max(widest[number] - widths[number], 0), fair)
    return widths
