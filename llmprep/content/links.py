"""Links and sources: what leads from one item to another; and `Finding`, what a rule says of a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from llmprep.content.library import Entry, Unit
from llmprep.content.names import did_you_mean
from llmprep.content.yaml_source import Location


class Finding(NamedTuple):
    """A fault of one item; `at` is where it stands inside the item."""

    message: str
    mend: str
    at: Location = ()


class Links:
    """All ids of a library, to look links up in."""

    def __init__(self, units: list[Unit]):
        self.places: dict[tuple[str, str], list[tuple[Path, Entry]]] = {}
        for unit in units:
            for entry in unit.entries:
                self.places.setdefault((entry.kind, entry.id), []).append((unit.path, entry))

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such an item."""
        return (kind, name) in self.places

    def names(self, kind: str) -> list[str]:
        """All ids of a kind."""
        return sorted(name for found, name in self.places if found == kind)

    def all(self, kind: str) -> Iterator[tuple[Path, Entry]]:
        """All items of a kind, with their files."""
        for (found, _), places in self.places.items():
            if found == kind:
                yield from places


def link_findings(
    kind: str, names: tuple[str, ...], key: str, links: Links, own: str | None = None
) -> Iterator[Finding]:
    """Links under `key` that lead nowhere, to the item itself (`own`), or twice to the same place."""
    for position, name in enumerate(names):
        at = (key, position)
        if name == own:
            yield Finding(f"its own id stands in {key}", "link to another one or remove it", at)
        elif name in names[:position]:
            yield Finding(f"'{name}' stands twice in {key}", "keep one of them", at)
        elif not links.has(kind, name):
            mend = did_you_mean(name, links.names(kind), "add it or remove the link")
            yield Finding(f"there is no {kind} '{name}'", mend, at)


def source_findings(source: str, links: Links, at: Location = ("source",)) -> Iterator[Finding]:
    """Every part of a source begins with the id of a known work."""
    if is_unwritten(source):
        return
    for part in source.split(";"):
        work = part.split()[0] if part.split() else ""
        if not (links.has("paper", work) or links.has("reference", work)):
            mend = did_you_mean(
                work,
                [*links.names("paper"), *links.names("reference")],
                "begin with the id of a paper or of an entry in papers/references.yaml",
            )
            yield Finding(f"the source '{part.strip()}' names no known work", mend, at)


def is_unwritten(text: str) -> bool:
    """Whether a text is still the one of a template (`content new`)."""
    return text.lstrip().startswith("TODO")
