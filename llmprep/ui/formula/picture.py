"""Tree → two-dimensional picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

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
_INDENT = 4


class _Place(NamedTuple):
    """A place between two atoms of a row: its space in cells, its neighbours, the depth of open brackets."""

    gap: int
    left: Kind | None
    right: Kind
    depth: int


def _between_equations(place: _Place) -> bool:
    return place.depth == 0 and place.gap > 1


def _before_relation(place: _Place) -> bool:
    return place.depth == 0 and (place.gap > 1 or place.right is Kind.RELATION)


def _before_operator(place: _Place) -> bool:
    return _before_relation(place) or (place.depth == 0 and place.right is Kind.BINARY)


def _anywhere(place: _Place) -> bool:
    return place.right in (Kind.RELATION, Kind.BINARY) or place.left is Kind.PUNCTUATION


#: where a formula may be broken, the best places first
_CUTS = (_between_equations, _before_relation, _before_operator, _anywhere)


class Picture:
    """Draws the nodes of one formula."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self._small = SmallScripts(tree)
        self._line = Line(tree, tree)

    def whole(self) -> Box:
        return self._box(self.tree, Style())

    def broken(self, width: int) -> Box | None:
        """The formula on more lines, broken where it hurts least; None if it cannot be made to fit."""
        if isinstance(self.tree, Grid) and self.tree.style == "lines":
            lines = [_joined(row) for row in self.tree.rows]
        else:
            lines = [self.tree if isinstance(self.tree, Row) else Row((self.tree,))]
        for cuts in _CUTS:
            rows = [row for line in lines for row in self._filled(line, cuts, width)]
            if all(row.width <= width for row in rows):
                return boxes.column(rows, airy=False)
        return None

    def _filled(self, line: Row, cuts: Callable[[_Place], bool], width: int) -> list[Box]:
        """As many pieces in each row as fit; rows but the first of an equation are indented."""
        rows: list[Box] = []
        for place, piece in self._pieces(line, cuts):
            longer = boxes.beside((rows[-1], Box((" " * place.gap,)), piece)) if rows else piece
            if rows and longer.width > width:
                indent = 0 if _between_equations(place) else _INDENT
                rows.append(boxes.beside((Box((" " * indent,)), piece)))
            else:
                rows[-1:] = [longer]
        return rows

    def _pieces(self, line: Row, cuts: Callable[[_Place], bool]) -> list[tuple[_Place, Box]]:
        """A row cut before the items where `cuts` says so."""
        pieces: list[tuple[_Place, list[Box]]] = []
        depth = 0
        previous: Kind | None = None
        for gap, item in spaced(line.items, tight=False):
            kind = kind_of(item)
            place = _Place(gap, previous, kind, depth)
            if not pieces or (gap and cuts(place)):
                pieces.append((place, []))
                gap = 0
            pieces[-1][1].append(self._spaced(gap, item, Style()))
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            previous = kind
        return [(place, boxes.beside(piece)) for place, piece in pieces]

    # ---------------------------------------------------------------- nodes

    def _box(self, node: Node, style: Style) -> Box:
        match node:
            case Symbol(text=text):
                return Box((text,))
            case Space(cells=cells):
                return Box((" " * max(cells, 0),))
            case Row(items=items):
                atoms = spaced(items, style.tight, slashed=style.tight)
                return boxes.beside([self._spaced(gap, item, style) for gap, item in atoms])
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
        inner = style if node.display else Style(display=False, tight=style.tight)
        numerator, denominator = self._box(node.numerator, inner), self._box(node.denominator, inner)
        if not node.bar:
            return boxes.stacked((numerator, Box((" ",)), denominator), main=1)
        if style.tight and numerator.height == denominator.height == 1:
            return Box((self._line.text(node, tight=True),))
        return boxes.fraction(numerator, denominator)

    def _grid(self, node: Grid) -> Box:
        style = _SCRIPT if node.style == "stack" else Style(display=node.style == "lines")
        rows = [[self._box(cell, style) for cell in row] for row in node.rows]
        column_gaps = {"matrix": (2,), "cases": (3,), "lines": (0, 3), "stack": (1,)}[node.style]
        tall = any(cell.height > 1 for row in rows for cell in row)
        needs_middle = tall or len(rows) == 2  # the middle of two rows is the blank line between them
        airy = needs_middle and node.style in ("matrix", "cases")
        body = boxes.grid(rows, node.alignment, column_gaps, airy)
        return fenced((node.opening, node.closing), (body,)) if node.opening or node.closing else body

    def _arrow(self, node: Arrow) -> Box:
        above = self._box(node.above, _SCRIPT)
        below = self._box(node.below, _SCRIPT) if node.below is not None else boxes.EMPTY
        length = max(above.width, below.width) + 2
        shaft = "═" if node.tip == "⇒" else "─"
        arrow = node.tip + shaft * (length - 1) if node.tip == "←" else shaft * (length - 1) + node.tip
        column = [above, Box((arrow,)), below]
        return boxes.stacked(column if node.below is not None else column[:2], main=1)


def _joined(cells: Sequence[Node]) -> Row:
    """The cells of a line of equations as one row."""
    items = (item for cell in cells for item in (cell.items if isinstance(cell, Row) else (cell,)))
    return Row(tuple(item for item in items if item != Row()))


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
