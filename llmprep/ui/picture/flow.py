"""How the parts of a picture stand to each other: chains, branches, side by side, a wire around."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from llmprep.ui.picture.block import TAPPED, Block, Row, Side, blank, cells, moved, paste, tap, write

_GAP = 3
_LEFT_BY = {"│": "├", "┃": "┠", "╎": "├", "┤": "┼"}


def down(blocks: Sequence[Block], said: Sequence[str]) -> Block:
    """A chain from top to bottom; `said[i]` stands beside the arrow into block i."""
    left = max(block.wire for block in blocks)
    right = max(*(block.width - block.wire for block in blocks), *(cell_len(words) + 2 for words in said), 1)
    rows: list[Row] = []
    side = None
    for number, block in enumerate(blocks):
        if number and (said[number] or not block.starts_with_wire):
            arrow = blank(left + right, 1)
            arrow[0][left] = "│" if block.starts_with_wire else "▼"
            write(arrow, 0, left + 2, said[number])
            rows += arrow
        canvas = blank(left + right, block.height)
        tapped = tap(block) if number < len(blocks) - 1 else block
        paste(canvas, tapped, 0, left - block.wire)
        side = side or moved(block.side, len(rows), left - block.wire)
        rows += canvas
    return Block(rows, left, side, blocks[0].starts_with_wire, blocks[-1].ends_with_wire)


def beside(blocks: Sequence[Block]) -> Block:
    """Side by side, tops level."""
    canvas, places = _level(blocks)
    return Block(canvas, len(canvas[0]) // 2, _first_side(blocks, places, 0))


def branches(blocks: Sequence[Block], opened: bool, closed: bool, sign: str) -> Block:
    """Branches side by side that leave one wire (`opened`) and come together again with a sign (`closed`)."""
    level, places = _level(blocks)
    columns = [place + block.wire for place, block in zip(places, blocks, strict=True)]
    middle = (columns[0] + columns[-1]) // 2
    sign_at = max(middle - _wire_in(sign), 0)
    over = max(sign_at + cell_len(sign) - len(level[0]), 0)
    level = [row + [" "] * over for row in level]
    rows: list[Row] = []
    if opened:
        rows.append(_rail(len(level[0]), columns, middle, upper=True))
        heads = blank(len(level[0]), 1)
        for column, block in zip(columns, blocks, strict=True):
            heads[0][column] = "│" if block.starts_with_wire else "▼"
        rows += heads
    top = len(rows)
    rows += level
    if closed:
        for column, block in zip(columns, blocks, strict=True):
            _lengthen(rows, column, top + block.height)
        rail = _rail(len(level[0]), columns, middle, upper=False)
        if sign:
            rail[sign_at : sign_at + cell_len(sign)] = cells(sign)
        rows.append(rail)
    return Block(rows, middle, _first_side(blocks, places, top), opened, closed)


def skip(block: Block, sign: str) -> Block:
    """A wire around a block, which joins again below it."""
    start = max(block.wire - _wire_in(sign), 0)
    end = start + cell_len(sign)
    width = max(block.width, end) + 3
    rows = blank(width, 2)
    rows[0][block.wire] = "├"
    rows[0][block.wire + 1 : width - 1] = "─" * (width - block.wire - 2)
    rows[0][-1] = "┐"
    rows[1][block.wire] = "│" if block.starts_with_wire else "▼"
    rows[1][-1] = "│"
    rows += [[*line, *" " * (width - block.width - 1), "│"] for line in tap(block).rows]
    last = blank(width, 1)[0]
    last[start:end] = cells(sign)
    last[end : width - 1] = ["◄", *"─" * (width - end - 2)]
    last[-1] = "┘"
    return Block([*rows, last], block.wire, moved(block.side, 2, 0), True, True)


def across(blocks: Sequence[Block], said: Sequence[str]) -> Block:
    """A chain from left to right, its arrows on one line; `said[i]` stands in the arrow into block i."""
    line = max(block.touched.row for block in blocks)
    height = line + max(block.height - block.touched.row for block in blocks)
    gaps = [0] + [cell_len(words) + 5 if words else 4 for words in said[1:]]
    canvas = blank(sum(block.width for block in blocks) + sum(gaps), height)
    column, end_of_last = 0, 0
    for number, block in enumerate(blocks):
        column += gaps[number]
        touched = block.touched
        paste(canvas, block, line - touched.row, column)
        if number:
            _arrow(canvas[line], end_of_last + 1, column + touched.left, said[number], column)
        end_of_last = column + touched.right
        column += block.width
    last = blocks[-1]
    return Block(canvas, column - last.width + last.wire)


def _arrow(row: Row, start: int, end: int, words: str, border: int) -> None:
    """An arrow in the cells from `start` up to `end`, through the frames in between."""
    for column in range(start, end):
        row[column] = "┼" if row[column] in "│╎" else "─"
    row[start - 1] = _LEFT_BY.get(row[start - 1], row[start - 1])
    row[end - 1] = "▶"
    if words:
        found = cells(f" {words} ")
        row[border - len(found) - 2 : border - 2] = found


def _wire_in(sign: str) -> int:
    """Which cell of a sign stands on the wire: the symbol of `⊕ weighted`, the middle of `concat`."""
    return cell_len(sign) // 2 if sign[:1].isalnum() else 0


def _level(blocks: Sequence[Block]) -> tuple[list[Row], list[int]]:
    """Blocks side by side with level tops, and the column of each."""
    height = max(block.height for block in blocks)
    canvas = blank(sum(block.width for block in blocks) + _GAP * (len(blocks) - 1), height)
    places, column = [], 0
    for block in blocks:
        paste(canvas, block, 0, column)
        places.append(column)
        column += block.width + _GAP
    return canvas, places


def _rail(width: int, columns: Sequence[int], middle: int, upper: bool) -> Row:
    """The line that all branches leave or reach."""
    first, last = columns[0], columns[-1]
    row = [" "] * width
    row[first : last + 1] = "─" * (last - first + 1)
    for column in columns:
        row[column] = "┬" if upper else "┴"
    if first == last:
        row[first] = "│"
        return row
    row[first], row[last] = ("┌", "┐") if upper else ("└", "┘")
    row[middle] = "┼" if middle in columns else "┴" if upper else "┬"
    return row


def _lengthen(rows: list[Row], column: int, row: int) -> None:
    """A wire from the end of a branch down to the rail."""
    rows[row - 1][column] = TAPPED.get(rows[row - 1][column], rows[row - 1][column])
    for line in rows[row:]:
        line[column] = "│"


def _first_side(blocks: Sequence[Block], places: Sequence[int], top: int) -> Side | None:
    moves = (moved(block.side, top, place) for block, place in zip(blocks, places, strict=True))
    return next(filter(None, moves), None)
