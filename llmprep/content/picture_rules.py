"""What no type can say of a picture: a part is one thing, grids are even, signs stand where wires meet."""

from __future__ import annotations

from collections.abc import Iterator

from llmprep.content.links import Finding
from llmprep.content.pictures import KINDS, Grid, Label, Part, Picture
from llmprep.content.text import Text
from llmprep.content.yaml_source import Location

_OF_LINES = ("box", "text")
_BRANCHED = ("beside", "fork", "split", "merge")


def picture_findings(picture: Picture, at: Location) -> Iterator[Finding]:
    """The faults of one picture."""
    yield from _part(picture.draw, (*at, "draw"))


def _part(part: Part, at: Location) -> Iterator[Finding]:
    kinds = [kind for kind in KINDS if _is_given(getattr(part, kind))]
    if len(kinds) != 1:
        found = " and ".join(kinds) or "nothing"
        yield Finding(f"a part is {found}", f"give exactly one of {', '.join(KINDS)}", at)
        return
    kind = kinds[0]
    if kind in _BRANCHED and len(part.parts) < 2:
        yield Finding(f"'{kind}' has one part", "give two or more, or write it as down", (*at, kind))
    if part.join is not None and kind not in ("fork", "merge"):
        yield Finding(f"a {kind} has no place for join", "use it with fork or merge", (*at, "join"))
    if part.strong and kind != "box":
        yield Finding(f"a {kind} cannot be strong", "make the box strong", (*at, "strong"))
    if part.port and kind not in ("box", "text"):
        yield Finding(f"a {kind} cannot be a port", "make a box or text the port", (*at, "port"))
    for key in ("box", "text", "frame", "skip", "join", "arrow"):
        label = getattr(part, key)
        if label is not None and not all(line.strip() for line in _languages(label)):
            yield Finding(f"the label under {key} is empty", "write it or remove the key", (*at, key))
        if label is not None and key not in _OF_LINES and _is_broken(label):
            yield Finding(f"the label under {key} has a line break", "write it in one line", (*at, key))
    if part.grid is not None:
        yield from _grid(part.grid, (*at, "grid"))
    for position, inner in enumerate(part.parts):
        yield from _part(inner, (*at, kind, position))


def _grid(grid: Grid, at: Location) -> Iterator[Finding]:
    if not grid.rows:
        yield Finding("a grid has no rows", "add them", (*at, "rows"))
        return
    for position, label in enumerate(grid.columns):
        if _is_broken(label):
            yield Finding("a name has a line break", "write it in one line", (*at, "columns", position))
    wanted = len(grid.columns) or len(grid.rows[0].cells)
    for position, row in enumerate(grid.rows):
        if any(map(_is_broken, (row.name, *row.cells))):
            yield Finding("a cell has a line break", "write it in one line", (*at, "rows", position))
        if len(row.cells) != wanted:
            mend = "make every row as long as the columns; an empty cell is ''"
            message = f"a row of a grid has {len(row.cells)} cells and not {wanted}"
            yield Finding(message, mend, (*at, "rows", position))


def _is_broken(label: Label) -> bool:
    return any("\n" in line.strip() for line in _languages(label))


def _languages(label: Label) -> tuple[str, ...]:
    return (label.en, label.zh) if isinstance(label, Text) else (label,)


def _is_given(value: object) -> bool:
    return value is not None and value is not False and value != ()
