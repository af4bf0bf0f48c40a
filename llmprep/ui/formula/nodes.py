"""The tree of a formula: what the parser builds and what both renderings (picture and line) read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, TypeAlias


class FormulaError(ValueError):
    """The TeX cannot be understood; the message says what is wrong with it."""


class Kind(Enum):
    """What an atom is to its neighbours; decides the space between them (TeX's atom classes)."""

    ORDINARY = auto()
    WORD = auto()  # several upright letters: like a function, but a minus after it subtracts
    FUNCTION = auto()
    BIG_OPERATOR = auto()
    BINARY = auto()
    PREFIX = auto()  # a binary operator with nothing to its left: the sign of −x
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    PUNCTUATION = auto()
    FRACTION = auto()
    FENCE = auto()  # opens towards the left, closes towards the right


@dataclass(frozen=True)
class Symbol:
    """A glyph or a word. `limits` puts scripts above and below it in display style."""

    text: str
    kind: Kind = Kind.ORDINARY
    limits: bool = False


@dataclass(frozen=True)
class Space:
    """Explicit space in cells; a negative one takes automatic space away."""

    cells: int


@dataclass(frozen=True)
class Row:
    items: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Scripts:
    """`placement`: beside the base, above and below it in display style, or there in every style."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    placement: Literal["beside", "limits", "stacked"] = "beside"


@dataclass(frozen=True)
class Fraction:
    numerator: Node
    denominator: Node
    bar: bool = True
    display: bool = False


@dataclass(frozen=True)
class Root:
    radicand: Node
    index: Node | None = None


@dataclass(frozen=True)
class Fence:
    """Growing delimiters around and between `parts`; there is one delimiter more than parts."""

    delimiters: tuple[str, ...]
    parts: tuple[Node, ...]


GridStyle: TypeAlias = Literal["matrix", "cases", "lines", "stack"]


@dataclass(frozen=True)
class Grid:
    """Rows of cells; `alignment` (letters l, c, r) repeats. `stack`: rows of a script."""

    rows: tuple[tuple[Node, ...], ...]
    alignment: str
    style: GridStyle
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Accent:
    """`mark` is the combining character."""

    base: Node
    mark: str


@dataclass(frozen=True)
class Brace:
    """A horizontal brace; its label is the script of the `Scripts` node around it."""

    base: Node
    below: bool


@dataclass(frozen=True)
class Arrow:
    """An arrow as long as the longer of its labels."""

    tip: str
    above: Node
    below: Node | None = None


@dataclass(frozen=True)
class Boxed:
    body: Node


Node: TypeAlias = (
    Symbol | Space | Row | Scripts | Fraction | Root | Fence | Grid | Accent | Brace | Arrow | Boxed
)


def kind_of(node: Node) -> Kind:
    """How the node behaves towards its neighbours."""
    match node:
        case Symbol(kind=kind):
            return kind
        case Scripts(base=Symbol(kind=Kind.FUNCTION), placement="limits"):
            return Kind.BIG_OPERATOR
        case Scripts(base=base) | Accent(base=base):
            return kind_of(base)
        case Fraction(bar=True) | Boxed():
            return Kind.FRACTION
        case Fraction() | Fence():
            return Kind.FENCE
        case Grid(opening=opening):
            return Kind.FENCE if opening else Kind.FRACTION
        case Arrow():
            return Kind.RELATION
        case _:
            return Kind.ORDINARY
