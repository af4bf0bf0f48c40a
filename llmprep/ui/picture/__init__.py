"""Pictures in the terminal: a tree of parts becomes boxes, wires and arrows.

`draw` gives lines of equal width, or None where the picture is wider than there is room; then `outline` tells
the same as a list.
"""

from __future__ import annotations

from rich.cells import cell_len

from llmprep.content.items import Language
from llmprep.content.pictures import Grid, Part, label_text
from llmprep.ui.picture import flow, shapes
from llmprep.ui.picture.block import Block
from llmprep.ui.strings import say

_ASCII = str.maketrans(
    {
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┯┠", "+"),
        **dict.fromkeys("─━╌", "-"),
        **dict.fromkeys("│╎┃", "|"),
        "▼": "v",
        "▶": ">",
        "◄": "<",
        "⊕": "+",
        "⊗": "x",
        "█": "#",
        "░": ".",
    }
)
LINES = "─│┌┐└┘├┤┬┴┼╭╮╰╯╌╎━┃┏┓┗┛┯┠▼▶◄"


def draw(part: Part, language: Language, width: int, ascii_only: bool = False) -> list[str] | None:
    """The lines of a picture without blanks at their ends; None if it does not fit."""
    block = layout(part, language)
    if block.width > width:
        return None
    lines = ["".join(row).rstrip() for row in block.rows]
    return [line.translate(_ASCII) for line in lines] if ascii_only else lines


def layout(part: Part, language: Language) -> Block:
    """The block of a part with all that is inside it."""
    block = _inner(part, language)
    if part.skip is not None:
        block = flow.skip(block, label_text(part.skip, language))
    if part.frame is not None:
        block = shapes.frame(block, label_text(part.frame, language))
    return block


def _inner(part: Part, language: Language) -> Block:
    if part.box is not None:
        return shapes.box(part.box, language, part.strong, part.port)
    if part.text is not None:
        return shapes.text(part.text, language, part.port)
    if part.grid is not None:
        return shapes.grid(part.grid, language)
    if part.wire:
        return shapes.wire()
    blocks = [layout(inner, language) for inner in part.parts]
    said = [label_text(inner.arrow or "", language) for inner in part.parts]
    if part.down:
        return flow.down(blocks, said)
    if part.across:
        return flow.across(blocks, said)
    if part.beside:
        return flow.beside(blocks)
    sign = label_text(part.join or "", language)
    return flow.branches(blocks, opened=not part.merge, closed=not part.split, sign=sign)


# ---------------------------------------------------------------- without room to draw


def outline(part: Part, language: Language, depth: int = 0) -> list[str]:
    """The same as a list: parts under their frame, steps with an arrow, branches with a dash."""
    if part.frame is not None:
        title = label_text(part.frame, language)
        return [_item(depth, "▸", title), *_contents(part, language, depth + 1)]
    return _contents(part, language, depth)


def _contents(part: Part, language: Language, depth: int) -> list[str]:
    lines = _leaf(part, language, depth)
    for inner in part.parts:
        lines += outline(inner, language, depth + 1 if part.fork or part.split or part.merge else depth)
    if part.join:
        lines.append(_item(depth, " ", label_text(part.join, language)))
    if part.skip is not None:
        lines.append(_item(depth, label_text(part.skip, language), say(language, "picture.skip")))
    return lines


def _leaf(part: Part, language: Language, depth: int) -> list[str]:
    if part.grid is not None:
        return _grid_lines(part.grid, language, depth)
    label = part.box if part.box is not None else part.text
    if label is None:
        return []
    words = " ".join(label_text(label, language).split())
    said = f" ({label_text(part.arrow, language)})" if part.arrow else ""
    return [_item(depth, "•" if part.box is not None else " ", words + said)]


def _grid_lines(grid: Grid, language: Language, depth: int) -> list[str]:
    head = [label_text(column, language) for column in grid.columns]
    lines = [_item(depth, " ", " | ".join(head))] if head else []
    for row in grid.rows:
        name = label_text(row.name, language)
        found = " ".join(label_text(cell, language) or "·" for cell in row.cells)
        lines.append(_item(depth, "•", f"{name}: {found}" if name else found))
    return lines


def _item(depth: int, sign: str, words: str) -> str:
    return f"{'  ' * depth}{sign} {words}"


def width_of(part: Part, language: Language) -> int:
    """How many columns the picture needs."""
    return max(map(cell_len, ("".join(row).rstrip() for row in layout(part, language).rows)))
