"""The evolutionary tree: which models are asked for, what one comes from and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from llmprep.content.items import Node


@dataclass(frozen=True)
class Wanted:
    """Which models to show; None means no limit."""

    first_year: int | None = None
    last_year: int | None = None
    branches: Collection[str] = ()
    family: str | None = None
    open: bool | None = None

    def holds(self, node: Node) -> bool:
        """Whether a model is asked for."""
        return (
            (self.first_year is None or node.year >= self.first_year)
            and (self.last_year is None or node.year <= self.last_year)
            and (not self.branches or node.branch in self.branches)
            and (self.family is None or node.family == self.family)
            and (self.open is None or node.open == self.open)
        )


def chosen(tree: Mapping[str, Node], wanted: Wanted) -> list[Node]:
    """The models asked for, by date."""
    return [node for node in tree.values() if wanted.holds(node)]


def ancestors(tree: Mapping[str, Node], name: str) -> list[Node]:
    """The line of descent, the nearest first: at each step the first of `after`."""
    line: list[Node] = []
    while tree[name].after and (name := tree[name].after[0]) in tree and tree[name] not in line:
        line.append(tree[name])
    return line


def descendants(tree: Mapping[str, Node], name: str) -> list[Node]:
    """What builds on a model directly, by date."""
    return [node for node in tree.values() if name in node.after]
