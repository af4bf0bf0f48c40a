"""Words inside formulas: \\text{…}, \\mathrm{…}, \\operatorname{…}."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from llmprep.ui.formula import symbols
from llmprep.ui.formula.nodes import Kind, Node, Row, Space, Symbol
from llmprep.ui.formula.source import argument


def plain_words(node: Any, unknown: list[str]) -> str:
    """The words of a node of text; macros that are not known are added to `unknown`."""
    if hasattr(node, "chars"):
        return re.sub(r"\s+", " ", node.chars).replace("~", " ")
    if hasattr(node, "delimiters"):
        return "".join(plain_words(child, unknown) for child in node.nodelist)
    name = getattr(node, "macroname", None)
    if name is None or name in symbols.IGNORED:
        return ""
    if name in symbols.TEXT or name in symbols.UPRIGHT or name in symbols.FONTS:
        return "".join(plain_words(child, unknown) for child in argument(node, -1))
    if name in symbols.SPACES:
        return " " * max(symbols.SPACES[name], 0)
    if name in symbols.SYMBOLS:
        return symbols.SYMBOLS[name][0] + " " * bool(node.macro_post_space)
    unknown.append(f"\\{name}")
    arguments = node.nodeargd.argnlist if node.nodeargd is not None else []
    return f"\\{name} " + "".join(plain_words(child, unknown) for child in arguments if child is not None)


def text_symbol(words: str) -> Symbol:
    return Symbol(words, Kind.WORD if len(words) > 1 else Kind.ORDINARY)


def join_letters(items: Iterable[Node]) -> list[Node]:
    """Neighbouring letters of an upright font are one word: softmax, FP16, top-k."""
    joined: list[Node] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(last, Symbol) and isinstance(item, Symbol) and _is_letter(last) and _is_letter(item):
            text = last.text + item.text
            is_word = any(character.isalpha() for character in text)
            joined[-1] = Symbol(text, Kind.WORD if is_word else Kind.ORDINARY)
        else:
            joined.append(item)
    return joined


def _is_letter(symbol: Symbol) -> bool:
    written_together = all(character.isalnum() or character in "-." for character in symbol.text)
    return symbol.kind in (Kind.ORDINARY, Kind.WORD) and written_together


def word_of(node: Node) -> str | None:
    """The text of a row of words and spaces, such as the argument of \\operatorname*{arg\\,max}."""
    words = ""
    for item in node.items if isinstance(node, Row) else (node,):
        if isinstance(item, Symbol):
            words += item.text
        elif isinstance(item, Space):
            words += " " * max(item.cells, 0)
        else:
            return None
    return words
