"""Tree → one line, with parentheses wherever leaving out TeX's braces would change the meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

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
from llmprep.ui.formula.scripts import SmallScripts, small_script
from llmprep.ui.formula.spacing import spaced

_FACTORS = (Kind.ORDINARY, Kind.WORD, Kind.FUNCTION, Kind.FENCE, Kind.FRACTION, Kind.BIG_OPERATOR)
#: shapes of a row (see `_shape`) that need no parentheses
_BARE_NUMERATOR = re.compile(r"(?:f[gs]|[ogs])+")
_BARE_DENOMINATOR = re.compile(r"[fo]?g|f?s|o")
_BARE_RADICAND = re.compile(r"[ogs]")
_BARS = (Symbol("|"), Symbol("‖"))
_DIFFERENTIALS = (Symbol("∂"), Symbol("Δ"), Symbol("∇"))  # ∂x is one factor
_ACCENT_NAMES = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u20d7": "vec", "\u0332": "underline"}


class Line:
    """Writes the nodes of one formula, its scripts as they look in `context`."""

    def __init__(self, tree: Node, context: Node) -> None:
        self.tree = tree
        self._small = SmallScripts(context)

    def whole(self) -> str:
        return self.text(self.tree)

    def text(self, node: Node, tight: bool = False) -> str:
        match node:
            case Symbol(text=text):
                return text
            case Space(cells=cells):
                return " " * max(cells, 0)
            case Row(items=items):
                return self._row(items, tight)
            case Scripts():
                return self._scripts(node, tight)
            case Fraction():
                return self._fraction(node, tight)
            case Root(radicand=radicand, index=index):
                return self._degree(index) + "√" + self._operand(radicand, _BARE_RADICAND, tight)
            case Fence(delimiters=delimiters, parts=parts):
                return self._fence(delimiters, parts, tight)
            case Grid():
                return self._grid(node)
            case Accent(base=base, mark=mark):
                return _accented(self.text(base, tight), mark)
            case Brace(base=base):
                return f"({self.text(base, tight)})"
            case Arrow(tip=tip, above=above, below=below):
                under = f"_({self.text(below, True)})" if below is not None else ""
                return f"{tip}{under}^({self.text(above, True)})"
            case Boxed(body=body):
                return self.text(body, tight)

    def _row(self, items: Sequence[Node], tight: bool) -> str:
        shown = list(spaced(items, tight, slashed=True))
        nodes = [None, *(node for _, node in shown), None]
        line = ""
        for position, (gap, node) in enumerate(shown):
            text = self.text(node, tight)
            if isinstance(node, Fraction) and _is_product(nodes[position], nodes[position + 2]):
                text = f"({text})"
            if self._ends_in_script(nodes[position]) and line[-1:].isalnum() and text[:1].isalnum():
                gap = max(gap, 1)  # or else the script would swallow the letter
            line += " " * gap + text
        return line

    def _ends_in_script(self, node: Node | None) -> bool:
        """Whether the item is written with _ or ^ at its end."""
        if isinstance(node, Row) and node.items:
            return self._ends_in_script(node.items[-1])
        return isinstance(node, Scripts) and self._small.both(node) is None

    def _scripts(self, node: Scripts, tight: bool) -> str:
        base = self.text(node.base, tight)
        if isinstance(node.base, Fraction | Row) and _shape(node.base) not in ("", "o", "g", "s"):
            base = f"({base})"
        small = self._small.both(node)
        if small is not None:
            return base + small[0] + small[1]
        sub = "_" + self._script(node.sub, "_^") if node.sub is not None else ""
        sup = "^" + self._script(node.sup, "^") if node.sup is not None else ""
        return base + sub + sup

    def _script(self, node: Node, misleading: str) -> str:
        """A script; in parentheses unless it is a symbol, a word, a group, or has an index that is clear."""
        node = _single(node)
        text = self.text(node, tight=True)
        has_clear_index = (
            isinstance(node, Scripts)
            and isinstance(node.base, Symbol)
            and not any(mark in text for mark in misleading)
        )
        bare = isinstance(node, Symbol) or has_clear_index or text.isalnum() or _shape(node) in ("g", "s")
        return text if bare else f"({text})"

    def _fraction(self, node: Fraction, tight: bool) -> str:
        numerator = self._operand(node.numerator, _BARE_NUMERATOR, tight)
        denominator = self._operand(node.denominator, _BARE_DENOMINATOR, tight)
        return f"{numerator}/{denominator}" if node.bar else f"{numerator} over {denominator}"

    def _operand(self, node: Node, bare: re.Pattern[str], tight: bool) -> str:
        node = _single(node)
        text = self.text(node, tight)
        has_power = isinstance(node, Scripts) and node.sup is not None
        if bare.fullmatch(_shape(node)) and not (bare is _BARE_RADICAND and has_power):
            return text
        return f"({text})"

    def _degree(self, index: Node | None) -> str:
        if index is None:
            return ""
        return small_script(index, "sup") or f"({self.text(index, tight=True)})"

    def _fence(self, delimiters: Sequence[str], parts: Sequence[Node], tight: bool) -> str:
        line = delimiters[0] + self.text(parts[0], tight)
        for delimiter, part in zip(delimiters[1:-1], parts[1:], strict=True):
            line += f" {delimiter} " + self.text(part, tight)
        return line + delimiters[-1]

    def _grid(self, node: Grid) -> str:
        rows = [[self.text(cell) for cell in row] for row in node.rows]
        if node.style == "stack":
            return ", ".join(self.text(row[0], tight=True) for row in node.rows)
        if node.style == "lines":
            return "; ".join("".join(row).strip() for row in rows)
        body = "; ".join(", ".join(cell.strip(" ,") for cell in row) for row in rows)
        opening, closing = node.opening or "[", node.closing or "]"
        return f"{{{body}}}" if node.style == "cases" else f"{opening}{body}{closing}"


def _accented(text: str, mark: str) -> str:
    if len(text) == 1:
        return unicodedata.normalize("NFC", text + mark)
    return f"{_ACCENT_NAMES[mark]}({text})" if mark in _ACCENT_NAMES else text + mark


def _is_product(before: Node | None, after: Node | None) -> bool:
    """Whether a fraction between these two would be read as another product."""
    return (before is not None and kind_of(before) in (*_FACTORS, Kind.CLOSE)) or (
        after is not None and kind_of(after) in (*_FACTORS, Kind.OPEN)
    )


def _single(node: Node) -> Node:
    """What braces around one item hold."""
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return node


def _shape(node: Node) -> str:
    """The factors of an operand: o a symbol, f a function, g a group in brackets, s a sum in them, x others.

    o and g together are an argument's application, π(y), but o and s a product, K(K − 1).
    """
    match node:
        case Symbol(kind=kind):
            return {Kind.ORDINARY: "o", Kind.WORD: "o", Kind.FUNCTION: "f"}.get(kind, "x")
        case Scripts(base=Symbol()):
            return _shape(node.base)
        case Fence(delimiters=delimiters, parts=parts):
            return _group(parts) if delimiters[0] and delimiters[-1] else "x"
        case Scripts(base=base):
            return "o" if _shape(base) in ("", "o", "g", "s") else "x"
        case Grid(opening=opening):
            return "g" if opening else "x"
        case Root() | Accent() | Brace():
            return "o"
        case Row(items=items):
            return _row_shape([item for item in items if not isinstance(item, Space)])
        case _:
            return "x"


def _row_shape(items: Sequence[Node]) -> str:
    if all(isinstance(item, Symbol) and item.text[:1] in "0123456789." for item in items):
        return "o" if items else ""
    if items[0] in _BARS and items[0] == items[-1] and list(items).count(items[0]) == 2:
        return "g"
    items = [item for item in items[:-1] if item not in _DIFFERENTIALS] + [items[-1]]
    shape, depth, opened = "", 0, 0
    for position, item in enumerate(items):
        kind = kind_of(item)
        opened = position if kind is Kind.OPEN and depth == 0 else opened
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        if kind is Kind.CLOSE and depth == 0:
            shape += _group(items[opened + 1 : position])
        elif depth == 0:
            shape += _shape(item)
    return shape


def _group(content: Sequence[Node]) -> str:
    """The shape of what is in brackets."""
    items = [item for node in content for item in (node.items if isinstance(node, Row) else (node,))]
    return "s" if any(kind_of(item) is Kind.BINARY for item in items[1:]) else "g"
