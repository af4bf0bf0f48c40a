"""TeX source as a stream: single characters, and pylatexenc's nodes for groups, macros, environments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from llmprep.ui.formula import symbols
from llmprep.ui.formula.nodes import FormulaError

#: macro → its arguments: `{` one, `[` an optional one, `*` an optional star; all others take none
_ARGUMENTS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"), "{{"),
    **dict.fromkeys(("stackrel", "overset", "underset", "textcolor"), "{{"),
    **dict.fromkeys(("xrightarrow", "xleftarrow", "xRightarrow", "sqrt"), "[{"),
    **dict.fromkeys(("left", "right", "middle", "not", "substack", "boxed", "phantom", "hphantom"), "{"),
    **{size + side: "{" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")},
    **dict.fromkeys(("overbrace", "underbrace", "pmod", "mod", "tag", "label", "color"), "{"),
    **dict.fromkeys(("hspace", "hskip", "vphantom"), "{"),
    **dict.fromkeys((*symbols.ACCENTS, *symbols.TEXT), "{"),
    **dict.fromkeys({*symbols.FONTS, *symbols.UPRIGHT} - symbols.SWITCHES, "{"),
    "operatorname": "*{",
}
_ENVIRONMENT_ARGUMENTS = {"array": "[{", "aligned": "[", "gathered": "[", "alignat": "{", "alignedat": "[{"}


def read(tex: str) -> Stream:
    """Split a formula into tokens.

    Raises:
        FormulaError: the TeX is not well formed, or contains control characters.
    """
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError  # type: ignore[import-untyped]

    for character in tex:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r":
            raise FormulaError(f"the formula contains the control character {character!r}")
    try:
        walker = LatexWalker(tex, latex_context=_context(), tolerant_parsing=False)
        return Stream(walker.get_latex_nodes()[0])
    except LatexWalkerError as error:
        raise FormulaError(str(error).splitlines()[0]) from error


@cache
def _context() -> Any:
    """Only our own macros have arguments, so that nothing of LaTeX's text mode gets in the way."""
    from pylatexenc.macrospec import (  # type: ignore[import-untyped]
        LatexContextDb,
        std_environment,
        std_macro,
    )

    context = LatexContextDb()
    context.add_context_category(
        "formulas",
        macros=[std_macro(name, arguments) for name, arguments in _ARGUMENTS.items()],
        environments=[
            std_environment(name + star, arguments)
            for name, arguments in _ENVIRONMENT_ARGUMENTS.items()
            for star in ("", "*")
        ],
    )
    context.set_unknown_macro_spec(std_macro("", ""))
    context.set_unknown_environment_spec(std_environment("", ""))
    return context


class Stream:
    """Tokens with a reading position; `None` stands for the end."""

    def __init__(self, nodes: Iterable[Any]) -> None:
        self.tokens: list[Any] = list(_flatten(nodes))
        self._position = 0

    def peek(self) -> Any:
        return self.tokens[self._position] if self._position < len(self.tokens) else None

    def take(self) -> Any:
        token = self.peek()
        self._position += 1
        return token

    def skip_blanks(self) -> None:
        while isinstance(self.peek(), str) and self.peek().isspace():
            self._position += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Drop what `pattern` matches at this place, if it is made of characters only."""
        if match := pattern.match(self.characters_ahead(40)):
            self._position += match.end()

    def characters_ahead(self, limit: int) -> str:
        ahead = ""
        for token in self.tokens[self._position : self._position + limit]:
            if not isinstance(token, str):
                break
            ahead += token
        return ahead

    def character_before(self) -> str:
        """The character left of the one just taken; empty if there is none."""
        token = self.tokens[self._position - 2] if self._position >= 2 else ""
        return token if isinstance(token, str) else ""


def _flatten(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if hasattr(node, "chars"):
            yield from node.chars
        elif hasattr(node, "displaytype"):  # $…$, \(…\): mathematics inside mathematics
            yield from _flatten(node.nodelist)
        elif node is not None and not hasattr(node, "comment"):
            yield node


def is_character(token: Any, characters: str) -> bool:
    return isinstance(token, str) and token in characters


def is_macro(token: Any, *names: str) -> bool:
    return getattr(token, "macroname", None) in names


def argument(token: Any, index: int) -> list[Any]:
    """The nodes of a macro's or environment's argument, without its braces; negative counts from the last.

    Raises:
        FormulaError: the source ends, or goes on with something else, before that argument.
    """
    nodes = token.nodeargd.argnlist if token.nodeargd is not None else []
    node = nodes[index] if -len(nodes) <= index < len(nodes) else None
    if node is None:
        name = getattr(token, "macroname", None) or getattr(token, "environmentname", "")
        raise FormulaError(f"\\{name} lacks an argument in braces")
    return list(node.nodelist) if hasattr(node, "delimiters") else [node]


def has_argument(token: Any, index: int) -> bool:
    """Whether an optional argument or star was written."""
    return token.nodeargd is not None and token.nodeargd.argnlist[index] is not None
