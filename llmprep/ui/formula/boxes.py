"""Boxes of text: rectangles of terminal cells with a baseline, and how they are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rich.cells import cell_len

#: "middle" is the centre with the odd cell to its left, so that signs stand out of a matrix column
Align: TypeAlias = Literal["left", "center", "middle", "right"]


@dataclass(frozen=True)
class Box:
    """Lines of equal display width. `baseline` is the line (from 0 at the top) that neighbours align with."""

    lines: tuple[str, ...]
    baseline: int = 0

    @staticmethod
    def of(lines: Iterable[str], baseline: int = 0, align: Align = "left") -> Box:
        """A box of lines padded to the widest of them."""
        lines = tuple(lines) or ("",)
        width = max(map(cell_len, lines))
        return Box(tuple(_pad(line, width, align) for line in lines), baseline)

    @property
    def width(self) -> int:
        return max(map(cell_len, self.lines))

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def below(self) -> int:
        """Lines under the baseline."""
        return self.height - 1 - self.baseline

    def padded(self, above: int, below: int) -> Box:
        blank = " " * self.width
        return Box((blank,) * above + self.lines + (blank,) * below, self.baseline + above)

    def widened(self, width: int, align: Align) -> Box:
        return Box(tuple(_pad(line, width, align) for line in self.lines), self.baseline)


EMPTY = Box(("",))


def _pad(line: str, width: int, align: Align) -> str:
    missing = max(width - cell_len(line), 0)
    left = {"left": 0, "right": missing, "center": missing // 2, "middle": (missing + 1) // 2}[align]
    return " " * left + line + " " * (missing - left)


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes on one baseline, left to right."""
    if not boxes:
        return EMPTY
    above, below = max(box.baseline for box in boxes), max(box.below for box in boxes)
    columns = [box.padded(above - box.baseline, below - box.below).lines for box in boxes]
    return Box.of(("".join(parts) for parts in zip(*columns, strict=True)), above)


def stacked(boxes: Sequence[Box], main: int, align: Align = "center") -> Box:
    """Boxes one under the other; the baseline is that of box number `main`."""
    width = max(box.width for box in boxes)
    lines: list[str] = []
    baseline = 0
    for number, box in enumerate(boxes):
        if number == main:
            baseline = len(lines) + box.baseline
        lines += box.widened(width, align).lines
    return Box.of(lines, baseline)


def fraction(numerator: Box, denominator: Box) -> Box:
    """A bar as wide as the wider part; wider where a part is a fraction whose bar would look the same."""
    width = max(numerator.width, denominator.width, 1)
    if any("─" * width in line for line in numerator.lines + denominator.lines):
        width += 2
    return stacked((numerator, Box(("─" * width,)), denominator), main=1)


def radical(radicand: Box, index: Box | None = None) -> Box:
    """A root sign whose roof covers the radicand: one row high as √, taller drawn with lines."""
    if radicand.height == 1:
        root = Box.of((" " + "_" * radicand.width, "√" + radicand.lines[0]), 1)
    else:
        lines = [" ┌" + "─" * radicand.width, *(" │" + line for line in radicand.lines[:-1])]
        root = Box.of((*lines, "╲│" + radicand.lines[-1]), radicand.baseline + 1)
    return root if index is None else _with_index(root, index)


def _with_index(root: Box, index: Box) -> Box:
    """The degree of a root stands on its hook, where the first column is empty."""
    root = root.padded(max(index.height + 1 - root.height, 0), 0)
    hook = root.height - 1
    first = hook - index.height
    lines = [
        index.lines[row - first] + line[1:] if first <= row < hook else " " * (index.width - 1) + line
        for row, line in enumerate(root.lines)
    ]
    return Box.of(lines, root.baseline)


def scripted(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """Scripts to the right: above and below a base of one row, at the shoulders of a taller one."""
    width = max(box.width for box in (sub, sup) if box is not None)
    top = -sup.height if sup else 0
    bottom = base.height if sub else 0
    if sup and base.baseline > 0:
        top = -sup.baseline
    if sub and base.below > 0:
        bottom = base.height - 1 - sub.baseline
    if sup and sub and top + sup.height > bottom:
        top, bottom = -sup.height, base.height
    column: dict[int, str] = {}
    for box, start in ((sup, top), (sub, bottom)):
        if box is not None:
            column |= {start + offset: line for offset, line in enumerate(box.lines)}
    first, last = min(0, *column), max(base.height - 1, *column)
    tall = base.padded(-first, last - base.height + 1)
    side = Box.of(_pad(column.get(line, ""), width, "left") for line in range(first, last + 1))
    return beside((tall, Box(side.lines, tall.baseline)))


def column(rows: Sequence[Box], airy: bool) -> Box:
    """Rows under each other, a blank line between them if `airy`, else only beside rows of several lines.

    The baseline is in the middle.
    """
    lines: list[str] = []
    baselines: list[int] = []
    for number, row in enumerate(rows):
        if number and (airy or row.height > 1 or rows[number - 1].height > 1):
            lines.append("")
        baselines.append(len(lines) + row.baseline)
        lines += row.lines
    half = len(rows) // 2
    if len(rows) % 2:
        return Box.of(lines, baselines[half])
    return Box.of(lines, baselines[half] - rows[half].baseline - 1)


def grid(rows: Sequence[Sequence[Box]], alignment: str, column_gaps: Sequence[int], airy: bool) -> Box:
    """Cells in columns; `alignment` (letters l, c, r) and `column_gaps` repeat."""
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return EMPTY
    widths = [max(row[column].width for row in rows if column < len(row)) for column in range(columns)]
    names: dict[str, Align] = {"l": "left", "c": "middle", "r": "right"}
    drawn = []
    for row in rows:
        cells = []
        for number, width in enumerate(widths):
            cell = row[number] if number < len(row) else EMPTY
            gap = Box((" " * column_gaps[(number - 1) % len(column_gaps)],) if number else ("",))
            cells += [gap, cell.widened(width, names[alignment[number % len(alignment)]])]
        drawn.append(beside(cells))
    return column(drawn, airy)


def boxed(body: Box) -> Box:
    line = "─" * (body.width + 2)
    return Box.of((f"┌{line}┐", *(f"│ {row} │" for row in body.lines), f"└{line}┘"), body.baseline + 1)


def braced(body: Box, below: bool) -> Box:
    """A horizontal brace under or over the body."""
    width = max(body.width, 3)
    left, right = (width - 3) // 2, width - 3 - (width - 3) // 2
    if below:
        return stacked((body, Box(("╰" + "─" * left + "┬" + "─" * right + "╯",))), main=0)
    return stacked((Box(("╭" + "─" * left + "┴" + "─" * right + "╮",)), body), main=1)
