"""Tree → one line, with parentheses wherever leaving out TeX's braces would change the meaning."""

from __future__ import annotations

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
from llmprep.ui.formula.scripts import SmallScripts
from llmprep.ui.formula.spacing import spaced

_BRACKETS = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}
_BINDS_TIGHTER = (Kind.ORDINARY, Kind.WORD, Kind.FUNCTION, Kind.OPEN, Kind.FENCE, Kind.FRACTION, Kind.BIG_OPERATOR)


class Line:
    """Writes the nodes of one formula."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self._small = SmallScripts(tree)

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
            case Fraction(numerator=numerator, denominator=denominator, bar=bar):
                return self._operand(numerator, "/", tight) + ("/" if bar else " over ") + self._operand(denominator, "/", tight)
            case Root(radicand=radicand, index=index):
                return self._degree(index) + "√" + self._operand(radicand, "√", tight)
            case Fence(delimiters=delimiters, parts=parts):
                return self._fence(delimiters, parts, tight)
            case Grid():
                return self._grid(node)
            case Accent(base=base, mark=mark):
                return self._accent(base, mark, tight)
            case Brace(base=base):
                return _parenthesised(self.text(base, tight))
            case Arrow(tip=tip, above=above, below=below):
                labels = "".join(f"{mark}({self.text(label, True)})" for mark, label in (("_", below), ("^", above)) if label)
                return tip + labels
            case Boxed(body=body):
                return self.text(body, tight)

    # ----------------------------------------------------------------- rows

    def _row(self, items: Sequence[Node], tight: bool) -> str:
        shown = list(spaced(items, tight))
        line = ""
        for position, (gap, item) in enumerate(shown):
            text = self.text(item, tight)
            before = shown[position - 1][1] if position else None
            after = shown[position + 1][1] if position + 1 < len(shown) else None
            if isinstance(item, Fraction) and (_multiplies(before) or _is_multiplied(after)):
                text = _parenthesised(text)
            if not gap and before is not None and _runs_on(before, line, text):
                gap = 1
            line += " " * gap + text
        return line
