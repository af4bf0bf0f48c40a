"""Small raised and lowered characters (ₖ ² ᵀ), used where Unicode has all that a script needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from llmprep.ui.formula.nodes import Accent, Node, Row, Scripts, Symbol
from llmprep.ui.formula.spacing import spaced
from llmprep.ui.formula.symbols import SUBSCRIPTS, SUPERSCRIPTS

#: superscripts so common that they are small even where others cannot be
_ALWAYS_SMALL = frozenset("0123456789′*T⊤+−")


class SmallScripts:
    """Decides for one formula which scripts are small characters.

    π_θ and π_ref cannot be; y_l could be, but beside y_w, which cannot, it would look like another kind of
    thing. So a letter's subscripts are small only if all of them in the formula can be, and superscripts
    only if all in the formula can be, apart from squares, transposes and the like.
    """

    def __init__(self, tree: Node) -> None:
        nodes = [node for node in _walk(tree) if isinstance(node, Scripts) and _letter(node)]
        self._large_sub = {
            _letter(node) for node in nodes if node.sub is not None and small_script(node.sub, "sub") is None
        }
        sups = [node.sup for node in nodes if node.sup is not None]
        self._large_sup = any(small_script(sup, "sup") is None for sup in sups)

    def both(self, node: Scripts) -> tuple[str, str] | None:
        """Subscript and superscript as small characters; None if either cannot be."""
        sub = small_script(node.sub, "sub") if node.sub is not None else ""
        sup = small_script(node.sup, "sup") if node.sup is not None else ""
        if sub is None or sup is None:
            return None
        letter = _letter(node)
        if sub and letter in self._large_sub:
            return None
        if sup and letter and self._large_sup and not _ALWAYS_SMALL.issuperset(_plain(node.sup) or ""):
            return None
        return sub, sup


def small_script(script: Node, position: str) -> str | None:
    """The script in small characters; `position` is `sub` or `sup`. None if Unicode lacks one of them."""
    table = SUBSCRIPTS if position == "sub" else SUPERSCRIPTS
    plain = _plain(script)
    if not plain or not all(character in table for character in plain):
        return None
    return "".join(table[character] for character in plain)


def _plain(script: Node | None) -> str | None:
    """The script's characters, if it is nothing but a row of symbols."""
    if script is None:
        return None
    text = ""
    for gap, item in spaced(script.items if isinstance(script, Row) else (script,), tight=True):
        if not isinstance(item, Symbol):
            return None
        text += " " * gap + item.text
    return text


def _letter(node: Scripts) -> str:
    """The base, if it is a letter or a word."""
    base = node.base.base if isinstance(node.base, Accent) else node.base
    return base.text if isinstance(base, Symbol) and base.text.isalpha() else ""


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for field in fields(node):
        yield from _walk_value(getattr(node, field.name))


def _walk_value(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for element in value:
            yield from _walk_value(element)
    elif isinstance(value, Node):
        yield from _walk(value)
