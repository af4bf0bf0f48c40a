"""TeX → tree: atoms, scripts, fences, grids. Words inside a formula are read in words.py."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from llmprep.ui.formula import symbols
from llmprep.ui.formula.nodes import (
    Accent,
    Arrow,
    Boxed,
    Brace,
    Fence,
    FormulaError,
    Fraction,
    Grid,
    GridStyle,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
)
from llmprep.ui.formula.source import Stream, argument, has_argument, is_character, is_macro, read
from llmprep.ui.formula.words import join_letters, plain_words, text_symbol, word_of

_MATRICES = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"),
}  # fmt: skip
_ALIGNED = ("aligned", "align", "alignat", "alignedat", "split", "eqnarray")
_GATHERED = ("gathered", "gather", "equation", "multline", "displaymath", "math")
_CLASSES = ("mathbin", "mathrel", "mathord", "mathopen", "mathclose", "mathpunct", "mathinner")
_ROW_ENDS = ("\\", "cr", "tabularnewline", "newline")
_ROW_SKIP = re.compile(r"\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)\s*\]")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_SIZED = re.compile(r"[bB]igg?[lrm]?")


class Parsed(NamedTuple):
    """`unknown`: macros and environments that are not in our tables, as they are written."""

    tree: Node
    unknown: tuple[str, ...]


def parse(tex: str) -> Parsed:
    """Read a formula.

    Raises:
        FormulaError: the TeX is not well formed, or contains control characters.
    """
    reader = _Reader()
    return Parsed(reader.formula(read(tex)), tuple(dict.fromkeys(reader.unknown)))


class _Reader:
    """Reads streams of tokens; remembers the macros it did not know."""

    def __init__(self) -> None:
        self.unknown: list[str] = []

    # ----------------------------------------------------------------- rows

    def formula(self, stream: Stream) -> Node:
        """One row, or several where `\\\\` stands outside an environment."""
        if any(_ends_cell(token) for token in stream.tokens):
            return self.grid(stream, "rl", "lines")
        return self.row(stream)

    def group(self, nodes: Iterable[Any], font: str = "") -> Node:
        return self.row(Stream(nodes), font)

    def row(self, stream: Stream, font: str = "", stop: Callable[[Any], bool] = lambda token: False) -> Node:
        items: list[Node] = []
        scripted = False  # the last item is a Scripts node that may take one more script
        while (token := stream.peek()) is not None and not stop(token):
            stream.take()
            if isinstance(token, str) and token.isspace():
                continue
            if is_character(token, "^_'"):
                bare = not items or isinstance(items[-1], Space)
                items.append(self.scripts(Row() if bare else items.pop(), scripted, token, stream, font))
                scripted = True
            elif is_macro(token, "limits", "nolimits"):
                _set_limits(items, token.macroname == "limits")
            elif is_macro(token, *symbols.SWITCHES):
                font = token.macroname
            elif isinstance(token, str) and unicodedata.combining(token):
                items.append(_marked(items.pop() if items else Symbol(" "), token))
            elif (item := self.item(token, stream, font)) is not None:
                items.append(item)
                scripted = False
        if font in symbols.UPRIGHT:
            items = join_letters(items)
        return items[0] if len(items) == 1 else Row(tuple(items))

    def scripts(self, base: Node, scripted: bool, mark: str, stream: Stream, font: str) -> Scripts:
        node = base if scripted and isinstance(base, Scripts) else Scripts(base, placement=_placement(base))
        sub, sup = node.sub, node.sup
        if mark == "_":
            if sub is not None:
                raise FormulaError("a symbol has two subscripts; put one of them in braces")
            sub = self.script(mark, stream, font)
        elif mark == "^":
            if sup is not None and not _is_primes(sup):
                raise FormulaError("a symbol has two superscripts; put one of them in braces")
            new = self.script(mark, stream, font)
            sup = new if sup is None else Row((sup, new))
        else:
            if sup is not None:
                raise FormulaError("a prime stands after a superscript; put it before")
            primes = "′"
            while is_character(stream.peek(), "'"):
                primes += "′" if stream.take() else ""
            sup = Symbol(primes)
        return Scripts(node.base, sub, sup, node.placement)

    def script(self, mark: str, stream: Stream, font: str) -> Node:
        stream.skip_blanks()
        token = stream.take()
        missing = token is None or is_character(token, "^_'&")
        item = None if missing else self.item(token, stream, font)
        if item is None:
            raise FormulaError(f"nothing stands after {mark}")
        return item

    # ---------------------------------------------------------------- items

    def item(self, token: Any, stream: Stream, font: str) -> Node | None:
        """One atom; nothing for macros that only concern typesetting."""
        if isinstance(token, str):
            return _character(token, stream, font)
        if hasattr(token, "delimiters"):
            return _operand(self.group(token.nodelist, font))
        if hasattr(token, "environmentname"):
            return self.environment(token)
        name = getattr(token, "macroname", "")
        if name == "left":
            return self.fence(token, stream, font)
        if name in ("right", "middle"):
            raise FormulaError(f"\\{name} stands without \\left")
        if name in symbols.IGNORED or name in _CLASSES:
            return None
        return _known_symbol(name, font) or self.structure(name, token, font)

    def structure(self, name: str, token: Any, font: str) -> Node | None:
        """Macros that take arguments; and unknown ones, shown as they are written."""

        def part(index: int) -> Node:
            return self.group(argument(token, index), font)

        match name:
            case _ if name in symbols.TEXT:
                return self.text(argument(token, 0))
            case _ if name in symbols.UPRIGHT:
                return self.upright(name, token)
            case _ if name in symbols.FONTS:
                return _operand(self.group(argument(token, 0), name))
            case _ if name in symbols.ACCENTS:
                return _accent(name, part(0))
            case _ if _SIZED.fullmatch(name):
                return _sized_delimiter(name, token)
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return Fraction(part(0), part(1), display=name in ("dfrac", "cfrac"))
            case "binom" | "dbinom" | "tbinom":
                return Fence(("(", ")"), (Fraction(part(0), part(1), bar=False),))
            case "sqrt":
                return Root(part(1), part(0) if has_argument(token, 0) else None)
            case "stackrel" | "overset":
                return Scripts(part(1), None, part(0), "stacked")
            case "underset":
                return Scripts(part(1), part(0), None, "stacked")
            case "overbrace" | "underbrace":
                return Brace(part(0), below=name == "underbrace")
            case "xrightarrow" | "xleftarrow" | "xRightarrow":
                tip = {"xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒"}[name]
                return Arrow(tip, part(1), part(0) if has_argument(token, 0) else None)
            case "not":
                return _negated(part(0))
            case "mod":
                return Row((Space(1), Symbol("mod", Kind.FUNCTION), part(0)))
            case "pmod":
                return Row((Space(1), Fence(("(", ")"), (Row((Symbol("mod", Kind.FUNCTION), part(0))),))))
            case "substack":
                return self.grid(Stream(argument(token, 0)), "c", "stack")
            case "boxed":
                return Boxed(part(0))
            case "phantom" | "hphantom":
                return Space(1)
            case "textcolor":
                return part(1)
            case _ if name in _ROW_ENDS:  # inside braces TeX has no rows either
                return Space(1)
        self.unknown.append(f"\\{name}")
        return Symbol(f"\\{name}", Kind.FUNCTION)

    def upright(self, name: str, token: Any) -> Node:
        body = self.group(argument(token, -1), "mathrm")
        word = word_of(body) if name in ("operatorname", "mathop") else None
        if word is None:
            return _operand(body)
        limits = name == "mathop" or has_argument(token, 0)
        return Symbol(word, Kind.FUNCTION, limits or word.replace(" ", "") in symbols.FUNCTIONS_WITH_LIMITS)

    def text(self, nodes: Iterable[Any]) -> Node:
        """Words as they are typed; `$…$` among them is mathematics."""
        items: list[Node] = []
        words = ""
        for node in nodes:
            if hasattr(node, "displaytype"):
                items += [text_symbol(words)] if words else []
                items.append(self.group(node.nodelist))
                words = ""
            else:
                words += plain_words(node, self.unknown)
        items += [text_symbol(words)] if words else []
        return items[0] if len(items) == 1 else Row(tuple(items))

    # ----------------------------------------------------- fences and grids

    def fence(self, token: Any, stream: Stream, font: str) -> Node:
        delimiters, parts = [_delimiter(token)], []
        while True:
            parts.append(self.row(stream, font, stop=lambda token: is_macro(token, "right", "middle")))
            end = stream.take()
            if end is None:
                raise FormulaError("\\left stands without \\right")
            delimiters.append(_delimiter(end))
            if is_macro(end, "right"):
                return Fence(tuple(delimiters), tuple(parts))

    def environment(self, token: Any) -> Node:
        name = token.environmentname.removesuffix("*")
        stream = Stream(token.nodelist)
        if name in _MATRICES:
            return self.grid(stream, "c", "matrix", _MATRICES[name])
        if name in ("cases", "dcases"):
            return self.grid(stream, "l", "cases", ("{", ""))
        if name == "rcases":
            return self.grid(stream, "l", "cases", ("", "}"))
        if name == "array":
            columns = "".join(getattr(node, "chars", "") for node in argument(token, 1))
            return self.grid(stream, re.sub("[^lcr]", "", columns) or "c", "matrix")
        if name not in _ALIGNED and name not in _GATHERED:
            self.unknown.append(f"\\begin{{{token.environmentname}}}")
        return self.grid(stream, "c" if name in _GATHERED else "rl", "lines")

    def grid(
        self,
        stream: Stream,
        alignment: str,
        style: GridStyle,
        delimiters: tuple[str, str] = ("", ""),
    ) -> Grid:
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            cell = self.row(stream, stop=_ends_cell)
            if style == "lines" and len(cells) % 2:  # what follows & is spaced as if a term stood before it
                cell = Row((Row(), *(cell.items if isinstance(cell, Row) else (cell,))))
            cells.append(cell)
            end = stream.take()
            if is_character(end, "&"):
                continue
            if end is not None or cells != [Row()]:
                rows.append(tuple(cells))
            if end is None:
                return Grid(tuple(rows), alignment, style, *delimiters)
            cells = []
            stream.skip(_ROW_SKIP)


def _ends_cell(token: Any) -> bool:
    return is_character(token, "&") or is_macro(token, *_ROW_ENDS)


# -------------------------------------------------------------------- atoms


def _known_symbol(name: str, font: str) -> Node | None:
    if name in symbols.SYMBOLS:
        character, kind = symbols.SYMBOLS[name]
        return Symbol(symbols.FONTS.get(font, {}).get(character, character), kind)
    if name in symbols.BIG_OPERATORS:
        return Symbol(symbols.BIG_OPERATORS[name], Kind.BIG_OPERATOR, limits=True)
    if name in symbols.INTEGRALS:
        return Symbol(symbols.INTEGRALS[name], Kind.BIG_OPERATOR)
    if name in symbols.FUNCTIONS_WITH_LIMITS:
        return Symbol({"argmax": "arg max", "argmin": "arg min"}.get(name, name), Kind.FUNCTION, limits=True)
    if name in symbols.FUNCTIONS:
        return Symbol(name, Kind.FUNCTION)
    return Space(symbols.SPACES[name]) if name in symbols.SPACES else None


def _character(character: str, stream: Stream, font: str) -> Node:
    if character == "~":
        return Space(1)
    if character == "-" and font in symbols.UPRIGHT:
        return Symbol("-")
    if character == "," and _groups_digits(stream):
        return Symbol(",")
    letter = symbols.FONTS.get(font, {}).get(character, character)
    return Symbol({"-": "−"}.get(letter, letter), symbols.character_kind(character))


def _groups_digits(stream: Stream) -> bool:
    """Whether the comma just taken is that of 10,000."""
    return stream.character_before().isdigit() and bool(_THOUSANDS.match(stream.characters_ahead(4)))


def _accent(name: str, base: Node) -> Node:
    """An accent over a letter with scripts belongs to the letter; a line covers all."""
    mark = symbols.ACCENTS[name]
    if isinstance(base, Scripts) and isinstance(base.base, Symbol) and "line" not in name:
        return Scripts(Accent(base.base, mark), base.sub, base.sup, base.placement)
    return Accent(base, mark)


def _marked(node: Node, mark: str) -> Node:
    """A combining mark typed after a letter."""
    if isinstance(node, Symbol):
        return Symbol(node.text + mark, node.kind, node.limits)
    return Accent(node, mark)


def _negated(node: Node) -> Node:
    text = node.text if isinstance(node, Symbol) else ""
    return Symbol(symbols.NEGATED[text], Kind.RELATION) if text in symbols.NEGATED else Accent(node, "\u0338")


def _delimiter(token: Any) -> str:
    node = argument(token, 0)[0]
    written = f"\\{node.macroname}" if hasattr(node, "macroname") else getattr(node, "chars", "")
    if written not in symbols.DELIMITERS:
        raise FormulaError(f"\\{token.macroname} needs a delimiter such as ( or \\{{")
    return symbols.DELIMITERS[written]


def _sized_delimiter(name: str, token: Any) -> Symbol:
    delimiter = _delimiter(token)
    kind = {"l": Kind.OPEN, "r": Kind.CLOSE, "m": Kind.RELATION}.get(name[-1])
    return Symbol(delimiter, kind or symbols.character_kind(delimiter))


def _operand(node: Node) -> Node:
    """What stands in braces is one ordinary atom, whatever is inside: {=}, {,}, {x^a}^b."""
    ordinary = (Kind.ORDINARY, Kind.WORD, Kind.FUNCTION, Kind.BIG_OPERATOR)
    if isinstance(node, Row | Fraction | Root) or (isinstance(node, Symbol) and node.kind in ordinary):
        return node
    return Row((node,))


def _placement(base: Node) -> Literal["beside", "limits", "stacked"]:
    if isinstance(base, Brace):
        return "stacked"
    return "limits" if isinstance(base, Symbol) and base.limits else "beside"


def _set_limits(items: list[Node], limits: bool) -> None:
    if items and isinstance(items[-1], Symbol):
        items[-1] = Symbol(items[-1].text, items[-1].kind, limits)


def _is_primes(node: Node) -> bool:
    return isinstance(node, Symbol) and set(node.text) == {"′"}
