"""Pictures of architectures and data flows, as their authors write them: parts inside parts, no coordinates.

A picture is a tree. A leaf is a `box`, a `text` or a `grid`; the others say how their parts stand to each
other, and the renderer draws the wires that follow from it (`llmprep/ui/picture`).
"""

from __future__ import annotations

from dataclasses import dataclass

from llmprep.content.text import Item, Language, Text

Label = Text | str
"""A plain string is the same in both languages."""


def label_text(label: Label, language: Language) -> str:
    """The label in one language; it may have several lines."""
    return label if isinstance(label, str) else label[language]


@dataclass(frozen=True)
class GridRow(Item):
    """One row of a grid."""

    cells: tuple[Label, ...]
    name: Label = ""


@dataclass(frozen=True)
class Grid(Item):
    """Cells in rows and columns: who holds what, who works when.

    Attributes:
        dense: without lines between the cells, for schedules of many short cells.
    """

    rows: tuple[GridRow, ...]
    columns: tuple[Label, ...] = ()
    dense: bool = False


@dataclass(frozen=True)
class Part(Item):
    """A part of a picture: exactly one of the first ten says what it is.

    Attributes:
        box: a label in a border.
        text: a label without one: tokens, tensors.
        grid: a grid.
        wire: nothing but the wire, as one branch of a fork.
        down: from top to bottom, with arrows.
        across: from left to right, with arrows.
        beside: side by side, without.
        fork: branches that leave one wire and come together again.
        split: branches that leave one wire.
        merge: branches that come together.
        frame: a dashed border around all of it, with this title.
        skip: a wire around all of it, which joins again with this sign.
        join: the sign where a fork or merge comes together.
        arrow: said beside the arrow that leads here.
        strong: the box has a heavy border: what is new, or trained.
        port: an arrow from the side leads to this box and not to the middle of what holds it.
    """

    box: Label | None = None
    text: Label | None = None
    grid: Grid | None = None
    wire: bool = False
    down: tuple[Part, ...] = ()
    across: tuple[Part, ...] = ()
    beside: tuple[Part, ...] = ()
    fork: tuple[Part, ...] = ()
    split: tuple[Part, ...] = ()
    merge: tuple[Part, ...] = ()
    frame: Label | None = None
    skip: Label | None = None
    join: Label | None = None
    arrow: Label | None = None
    strong: bool = False
    port: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of."""
        return self.down or self.across or self.beside or self.fork or self.split or self.merge


KINDS = ("box", "text", "grid", "wire", "down", "across", "beside", "fork", "split", "merge")


@dataclass(frozen=True)
class Picture(Item):
    """One figure with what it shows and where it comes from."""

    name: Text
    draw: Part
    source: str
    note: Text | None = None
