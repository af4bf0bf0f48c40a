"""Rectangles of terminal cells: what a picture is put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

Row = list[str]
"""One string per cell; the second cell of a wide character is empty."""


class Side(NamedTuple):
    """Where an arrow from the left or to the right touches: a row, and the columns of what it touches."""

    row: int
    left: int
    right: int


@dataclass
class Block:
    """A rectangle of cells with the places where wires meet it.

    Attributes:
        rows: all of the same width.
        wire: the column in which a wire enters at the top and leaves at the bottom.
        side: where arrows from the side touch; None means the middle of the whole.
        starts_with_wire: its first row goes on from a wire above it, so that no arrow head stands between.
        ends_with_wire: its last row goes on as a wire.
    """

    rows: list[Row]
    wire: int
    side: Side | None = None
    starts_with_wire: bool = False
    ends_with_wire: bool = False

    @property
    def width(self) -> int:
        """In cells."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        """In rows."""
        return len(self.rows)

    @property
    def touched(self) -> Side:
        """Where arrows from the side touch."""
        return self.side or Side((self.height - 1) // 2, 0, self.width - 1)


def cells(text: str) -> Row:
    """A text as cells; a character without width is kept with the one before it."""
    row: Row = []
    for character in text:
        width = get_character_cell_size(character)
        if width == 0 and row:
            row[-1] += character
        else:
            row.extend([character, *[""] * (width - 1)])
    return row


def blank(width: int, height: int) -> list[Row]:
    """An empty rectangle."""
    return [[" "] * width for _ in range(height)]


def write(canvas: list[Row], row: int, column: int, text: str) -> None:
    """Put a text over what stands there."""
    found = cells(text)
    canvas[row][column : column + len(found)] = found


def paste(canvas: list[Row], block: Block, row: int, column: int) -> None:
    """Put a block over what stands there."""
    for offset, line in enumerate(block.rows):
        canvas[row + offset][column : column + block.width] = line


def moved(side: Side | None, rows: int, columns: int) -> Side | None:
    """The same place after its block was put somewhere else."""
    return side and Side(side.row + rows, side.left + columns, side.right + columns)


def centred(lines: list[str], width: int) -> list[Row]:
    """Lines in the middle of a width."""
    found = []
    for line in lines:
        left = (width - cell_len(line)) // 2
        found.append(cells(" " * left + line + " " * (width - left - cell_len(line))))
    return found


TAPPED = {"─": "┬", "━": "┯", "╌": "┬"}


def tap(block: Block) -> Block:
    """The block with its lower border opened where the wire leaves it."""
    if block.rows:
        last = block.rows[-1]
        last[block.wire] = TAPPED.get(last[block.wire], last[block.wire])
    return block
