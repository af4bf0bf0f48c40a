"""Small raised and lowered characters (ₖ ² ᵀ), used where Unicode has all that a script needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from llmprep.ui.formula.nodes import Node, Row, Scripts, Symbol
from llmprep.ui.formula.spacing import spaced
from llmprep.ui.formula.symbols import SUBSCRIPTS, SUPERSCRIPTS

#: scripts so common that they are small even when the same letter has others that cannot be
_ALWAYS_SMALL = frozenset("0123456789′*T+−")


class SmallScripts:
    """Decides for one formula which scripts are small characters.

    π_θ and π_ref cannot be; y_l could be, but beside y_w, which cannot, it would look like another kind of
    thing. So a letter's scripts are small only if all of them in the formula can be.
    """

    def __init__(self, tree: Node) -> None:
        self._mixed = {
            (_base_text(node), position)
            for node in _walk(tree)
            if isinstance(node, Scripts)
            for position, script in (("sub", node.sub), ("sup", node.sup))
            if script is not None and _small(script, position) is None
        }

    def both(self, node: Scripts) -> tuple[str, str] | None:
        """Subscript and superscript as small characters; None if either cannot be."""
        sub, sup = self._one(node, "sub", node.sub), self._one(node, "sup", node.sup)
        return None if sub is None or sup is None else (sub, sup)

    def _one(self, node: Scripts, position: str, script: Node | None) -> str | None:
        if script is None:
            return ""
        small = _small(script, position)
        base = _base_text(node)
        if small is None or not base.isalpha() or (base, position) not in self._mixed:
            return small
        return small if _ALWAYS_SMALL.issuperset(_plain(script) or "") else None


def _small(script: Node, position: str) -> str | None:
    table = SUBSCRIPTS if position == "sub" else SUPERSCRIPTS
    plain = _plain(script)
    if not plain or not all(character in table for character in plain):
        return None
    return "".join(table[character] for character in plain)


def _plain(script: Node) -> str | None:
    """The script's characters, if it is nothing but a row of symbols."""
    text = ""
    for gap, item in spaced(script.items if isinstance(script, Row) else (script,), tight=True):
        if not isinstance(item, Symbol):
            return None
        text += " " * gap + item.text
    return text


def _base_text(node: Scripts) -> str:
    return node.base.text if isinstance(node.base, Symbol) else ""


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
