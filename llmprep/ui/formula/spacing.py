"""The space between neighbouring atoms, in cells: TeX's table, with one width instead of three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmprep.ui.formula.nodes import Kind, Node, Space, Symbol, kind_of

_NO_LEFT_OPERAND = (
    None,
    Kind.BINARY,
    Kind.PREFIX,
    Kind.RELATION,
    Kind.OPEN,
    Kind.PUNCTUATION,
    Kind.FUNCTION,
    Kind.BIG_OPERATOR,
)

#: how words begin that continue a sentence around the formula
_BRING_THEIR_OWN_SPACE = (" ", ". ", "，", "。", "；", "：", "、", "）")


def spaced(items: Sequence[Node], tight: bool, slashed: bool = False) -> Iterator[tuple[int, Node]]:
    """Each item with the space before it.

    `tight` is the style of scripts: i=1, not i = 1. `slashed`: fractions are written a/b, without a bar.
    A last pair with an empty symbol carries space that stands at the end.
    """
    left: Kind | None = None
    left_text = ""
    explicit = 0
    for position, item in enumerate(items):
        if isinstance(item, Space):
            explicit += item.cells
            continue
        kind = kind_of(item)
        if kind is Kind.BINARY and (left in _NO_LEFT_OPERAND or position == len(items) - 1):
            kind = Kind.PREFIX
        right_text = item.text if isinstance(item, Symbol) else ""
        automatic = 0 if left is None else _gap(left, kind, tight)
        if left is Kind.PREFIX and kind is Kind.FRACTION and not slashed:
            automatic = 1  # or else the sign and the bar become one line
        if left_text.endswith(" ") or right_text.startswith(_BRING_THEIR_OWN_SPACE):
            automatic = 0
        yield (max(automatic, explicit) if explicit >= 0 else max(automatic + explicit, 0)), item
        left, left_text, explicit = kind, right_text, 0
    if explicit > 0:
        yield explicit, Symbol("")


def _gap(left: Kind, right: Kind, tight: bool) -> int:
    left = Kind.CLOSE if left is Kind.FENCE else left
    right = Kind.OPEN if right is Kind.FENCE else right
    if left is Kind.PREFIX:
        return 0
    if right is Kind.PREFIX:
        right = Kind.ORDINARY
    if left is Kind.OPEN or right in (Kind.CLOSE, Kind.PUNCTUATION):
        return 0
    if left is Kind.PUNCTUATION or Kind.BINARY in (left, right):
        return int(not tight)
    if Kind.RELATION in (left, right):
        return int(not tight and left is not right)
    if right is Kind.OPEN:
        return int(left in (Kind.BIG_OPERATOR, Kind.FRACTION))
    plain = (Kind.ORDINARY, Kind.CLOSE)
    return int(not (left in plain and right in plain))
