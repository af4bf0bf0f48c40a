"""Tree → two-dimensional picture."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from rich.cells import cell_len

from llmprep.ui.formula import boxes, symbols
from llmprep.ui.formula.boxes import Box
from llmprep.ui.formula.delimiters import fenced
from llmprep.ui.formula.line import Line
from llmprep.ui.formula.nodes import (
    Accent,
    Arrow,
    Boxed,
    Brace,
    Fence,
    Fraction,
    Grid,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    kind_of,
)
from llmprep.ui.formula.scripts import SmallScripts
from llmprep.ui.formula.spacing import spaced


class Style(NamedTuple):
    """`display`: limits stand above and below. `tight`: no space around operators, as in scripts."""

    display: bool = True
    tight: bool = False


_SCRIPT = Style(display=False, tight=True)


class Picture:
    """Draws the nodes of one formula."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self._small = SmallScripts(tree)
        self._line = Line(tree)

    def whole(self) -> Box:
        return self._box(self.tree, Style())

    def broken(self, width: int) -> Box | None:
        """The formula on several lines, broken before top-level relations and signs; None if a part is wider."""
        if not isinstance(self.tree, Row):
            return None
        pieces = self._pieces(self.tree)
        indent = pieces[0].width + 1 if pieces[0].width <= width // 4 else 4
        rows = [pieces[0]]
        for piece in pieces[1:]:
            longer = boxes.beside((rows[-1], Box((" ",)), piece))
            if longer.width <= width:
                rows[-1] = longer
            else:
                rows.append(boxes.beside((Box((" " * indent,)), piece)))
        if any(row.width > width for row in rows):
            return None
        gap = int(any(row.height > 1 for row in rows))
        return boxes.stacked(rows, 0, "left", gap)

    def _pieces(self, row: Row) -> list[Box]:
        """The top-level row cut before each relation and each + or −."""
        cuts: list[list[tuple[int, Node]]] = [[]]
        for position, (gap, item) in enumerate(spaced(row.items, tight=False)):
            if position and gap and kind_of(item) in (Kind.RELATION, Kind.BINARY):
                cuts.append([])
            cuts[-1].append((gap if cuts[-1] else 0, item))
        return [boxes.beside([self._spaced(gap, item, Style()) for gap, item in cut]) for cut in cuts]

    # ---------------------------------------------------------------- nodes

    def _box(self, node: Node, style: Style) -> Box:
        match node:
            case Symbol(text=text):
                return Box((text,))
            case Space(cells=cells):
                return Box((" " * max(cells, 0),))
            case Row(items=items):
                return boxes.beside([self._spaced(gap, item, style) for gap, item in spaced(items, style.tight)])
            case Scripts():
                return self._scripts(node, style)
            case Fraction():
                return self._fraction(node, style)
            case Root(radicand=radicand, index=index):
                raised = self._box(index, _SCRIPT) if index is not None else None
                return boxes.radical(self._box(radicand, style), raised)
            case Fence(delimiters=delimiters, parts=parts):
                return fenced(delimiters, [self._box(part, style) for part in parts])
            case Grid():
                return self._grid(node)
            case Accent(base=base, mark=mark):
                return _accented(self._box(base, style), mark)
            case Brace(base=base, below=below):
                return boxes.braced(self._box(base, style), below)
            case Arrow():
                return self._arrow(node)
            case Boxed(body=body):
                return boxes.boxed(self._box(body, style))

    def _spaced(self, gap: int, item: Node, style: Style) -> Box:
        box = self._box(item, style)
        return boxes.beside((Box((" " * gap,)), box)) if gap else box

    def _scripts(self, node: Scripts, style: Style) -> Box:
        base = self._box(node.base, style)
        stacks = node.placement == "stacked" or (node.placement == "limits" and style.display)
        small = None if stacks else self._small.both(node)
        if small is not None:
            return _with_small_scripts(base, *small)
        sub = self._box(node.sub, _SCRIPT) if node.sub is not None else None
        sup = self._box(node.sup, _SCRIPT) if node.sup is not None else None
        if node.placement == "beside" or (not stacks and style.tight):
            return boxes.scripted(base, sub, sup)
        column = [box for box in (sup, base, sub) if box is not None]
        return boxes.stacked(column, column.index(base))

    def _fraction(self, node: Fraction, style: Style) -> Box:
        if style.tight and node.bar:
            slashed = self._line.text(node, tight=True)
            if "_" not in slashed and "^" not in slashed:
                return Box((slashed,))
        inner = style if node.display else Style(display=False, tight=style.tight)
        numerator, denominator = self._box(node.numerator, inner), self._box(node.denominator, inner)
        if node.bar:
            return boxes.fraction(numerator, denominator)
        return boxes.stacked((numerator, Box((" ",)), denominator), main=1)

    def _grid(self, node: Grid) -> Box:
        style = Style(display=node.style == "lines")
        rows = [[self._box(cell, style) for cell in row] for row in node.rows]
        tall = any(cell.height > 1 for row in rows for cell in row)
        column_gaps = {"matrix": (2,), "cases": (3,), "lines": (0, 3)}[node.style]
        paired = node.style != "lines" and len(rows) == 2  # with a line between them the middle is a line
        body = boxes.grid(rows, node.alignment, column_gaps, int(tall or paired))
        return fenced((node.opening, node.closing), (body,)) if node.opening or node.closing else body

    def _arrow(self, node: Arrow) -> Box:
        above = self._box(node.above, _SCRIPT)
        below = self._box(node.below, _SCRIPT) if node.below is not None else boxes.EMPTY
        length = max(above.width, below.width) + 2
        shaft = "═" if node.tip == "⇒" else "─"
        arrow = node.tip + shaft * (length - 1) if node.tip == "←" else shaft * (length - 1) + node.tip
        column = [above, Box((arrow,)), below]
        return boxes.stacked(column if node.below is not None else column[:2], main=1)


def _with_small_scripts(base: Box, sub: str, sup: str) -> Box:
    if base.height == 1:
        return Box((base.lines[0] + sub + sup,))
    return boxes.scripted(base, Box((sub,)) if sub else None, Box((sup,)) if sup else None)


def _accented(base: Box, mark: str) -> Box:
    """A mark over one letter is a combining character; over more, a row of its own."""
    if base.height == 1 and (base.width == 1 or mark == "\u0338"):
        return Box((unicodedata.normalize("NFC", base.lines[0].rstrip() + mark),))
    if mark == symbols.UNDERLINE:
        return boxes.stacked((base, Box(("‾" * base.width,))), main=0)
    if mark == symbols.OVERLINE:
        return boxes.stacked((Box(("_" * base.width,)), base), main=1)
    return boxes.stacked((Box((symbols.WIDE_ACCENTS.get(mark, mark),)), base), main=1)
