"""The leaves of a picture: boxes, texts, grids; and the borders around what is already drawn."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len

from llmprep.content.items import Language
from llmprep.content.pictures import Grid, Label, label_text
from llmprep.ui.picture.block import Block, Row, Side, blank, cells, centred, moved, paste, write

_LIGHT, _HEAVY = "┌─┐│└┘", "┏━┓┃┗┛"


def box(label: Label, language: Language, strong: bool = False, port: bool = False) -> Block:
    """A label in a border, heavy where it is strong."""
    lines = label_text(label, language).strip().splitlines()
    width = max(map(cell_len, lines)) + 4
    top_left, across, top_right, upright, bottom_left, bottom_right = tuple(_HEAVY if strong else _LIGHT)
    rows = [cells(top_left + across * (width - 2) + top_right)]
    rows += [[upright, " ", *line, " ", upright] for line in centred(lines, width - 4)]
    rows.append(cells(bottom_left + across * (width - 2) + bottom_right))
    return Block(rows, width // 2, Side(len(rows) // 2, 0, width - 1) if port else None)


def text(label: Label, language: Language, port: bool = False) -> Block:
    """A label without a border; its wire meets a letter near the middle, not a blank between two words."""
    lines = label_text(label, language).strip().splitlines()
    width = max(map(cell_len, lines))
    rows = centred(lines, width)
    inked = [column for column in range(width) if rows[0][column] != " " and rows[-1][column] != " "]
    middle = min(inked, key=lambda column: abs(column - width // 2), default=width // 2)
    return Block(rows, middle, Side(len(lines) // 2, 0, width - 1) if port else None)


def wire() -> Block:
    """One cell of wire."""
    return Block([["│"]], 0, starts_with_wire=True, ends_with_wire=True)


def frame(inner: Block, title: str) -> Block:
    """A dashed border with a title around a block."""
    width = max(inner.width + 4, cell_len(title) + 6)
    left = (width - inner.width) // 2
    canvas = blank(width, inner.height + 2)
    for row in (0, -1):
        canvas[row] = cells("╌" * width)
    for line in canvas[1:-1]:
        line[0] = line[-1] = "╎"
    for row, column, corner in ((0, 0, "╭"), (0, -1, "╮"), (-1, 0, "╰"), (-1, -1, "╯")):
        canvas[row][column] = corner
    paste(canvas, inner, 1, left)
    column = left + inner.wire
    if inner.starts_with_wire:
        canvas[0][column] = "┬"
    if inner.ends_with_wire:
        canvas[-1][column] = "┴"
    _write_title(canvas, title, column if inner.starts_with_wire else None)
    return Block(canvas, column, moved(inner.side, 1, left))


def _write_title(canvas: list[Row], title: str, wire_column: int | None) -> None:
    """The title at the left of the upper border, or right of the wire where it would hide the wire."""
    width, needed = len(canvas[0]), cell_len(title) + 2
    column = 2
    if wire_column is not None and column <= wire_column < column + needed:
        column = wire_column + 1 if wire_column + 1 + needed < width else 2
    write(canvas, 0, column, f" {title} ")


def grid(found: Grid, language: Language) -> Block:
    """Cells in rows and columns, with names above and at the left where there are any."""
    names = [label_text(row.name, language) for row in found.rows]
    head = [label_text(column, language) for column in found.columns]
    body = [[label_text(cell, language) for cell in row.cells] for row in found.rows]
    widths = [max(map(cell_len, column)) for column in zip_longest(head, *body, fillvalue="")]
    margin = max(map(cell_len, names))
    rows = _dense(head, body, widths) if found.dense else _ruled(head, body, widths)
    first = (1 if head else 0) + (0 if found.dense else 1)
    step = 1 if found.dense else 2
    if margin:
        beside = blank(margin + 1, len(rows))
        for number, name in enumerate(names):
            write(beside, first + step * number, margin - cell_len(name), name)
        rows = [left + right for left, right in zip(beside, rows, strict=True)]
    return Block(rows, len(rows[0]) // 2)


def _dense(head: list[str], body: list[list[str]], widths: list[int]) -> list[Row]:
    return [_line(line, widths, "", " ", " ") for line in ([head, *body] if head else body)]


def _ruled(head: list[str], body: list[list[str]], widths: list[int]) -> list[Row]:
    rows = [_line(head, widths, "  ", "   ", "  ")] if head else []
    rows.append(_rule("┌┬┐", widths))
    for number, line in enumerate(body):
        if number:
            rows.append(_rule("├┼┤", widths))
        rows.append(_line(line, widths, "│ ", " │ ", " │"))
    rows.append(_rule("└┴┘", widths))
    return rows


def _line(texts: list[str], widths: list[int], first: str, between: str, last: str) -> Row:
    row = cells(first)
    for number, (text, width) in enumerate(zip(texts, widths, strict=True)):
        row += [*cells(between if number else ""), *centred([text], width)[0]]
    return row + cells(last)


def _rule(corners: str, widths: list[int]) -> Row:
    left, between, right = corners[0], corners[1], corners[2]
    return cells(left + between.join("─" * (width + 2) for width in widths) + right)
