"""Every file of content, parsed and validated: what is compiled into the catalogue and what is checked.

A file is one *unit*: it is parsed on its own, so that changing one bank recompiles one bank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from llmprep.content import items
from llmprep.content.locate import content_files
from llmprep.content.problems import Problem

if TYPE_CHECKING:
    from llmprep.content.yaml_source import Location, Source

ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class Entry:
    """One item of a file, ready for the catalogue."""

    kind: str
    id: str
    topic: str
    level: int
    position: int
    title: items.Text
    item: Any
    line: int
    aliases: tuple[str, ...] = ()
    at: Location = ()
    """Where it stands in its file."""


@dataclass
class Unit:
    """One parsed file: its entries, or the problems that keep it out."""

    path: Path
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    source: Source | None = field(default=None, repr=False)

    def line(self, location: Location) -> int:
        """The line of what stands at `location`, from 1."""
        return self.source.line(location) if self.source is not None else 1


def unit_paths(root: Path) -> Iterator[Path]:
    """Every content file under `root`, in a fixed order."""
    for path, _ in content_files(root):
        yield root / path


def load_unit(path: Path) -> Unit:
    """Parse and validate one content file; its folder and name say what it must be."""
    if path.is_dir():
        message = "cannot be read: it is a folder whose files cannot be listed"
        return Unit(path, problems=[Problem(path, 1, message, "check its permissions")])
    loader = _loader(path)
    if loader is None:
        problem = Problem(path, 1, "not a content file", "see CONTRIBUTING.md for what goes where")
        return Unit(path, problems=[problem])
    return loader(path)


def _loader(path: Path) -> Callable[[Path], Unit] | None:
    match path.parent.parent.name, path.parent.name, path.name:
        case "drills", _, "drill.yaml":
            return _load_drill
        case "solutions", _, "mistakes.yaml":
            return _load_mistakes
        case "solutions", _, "notes.yaml":
            return _load_notes
        case _, "drills", "families.yaml":
            return _load_families
        case _, "papers", "references.yaml":
            return _load_references
        case _, "papers", "tree.yaml":
            return _load_tree
        case _, "questions", _:
            return _load_bank
        case _, "papers", _:
            return _load_paper
        case _, "models", _:
            return _load_models
    return None


def load_library(root: Path) -> list[Unit]:
    """All units under `root`; slow (parses everything), meant for checks."""
    return [load_unit(path) for path in unit_paths(root)]


def _load_bank(path: Path) -> Unit:
    from llmprep.content.validate import load

    bank, source, problems = load(path, items.QuestionBank)
    if bank is None or source is None:
        return Unit(path, problems=problems, source=source)
    topic = path.stem
    listed = items.Topic(bank.title, bank.asked)
    entries = [Entry("topic", topic, topic, 0, bank.order, bank.title, listed, 1)]
    for position, question in enumerate(bank.questions):
        at: Location = ("questions", position)
        entries.append(
            Entry(
                "question",
                question.id,
                topic,
                question.level,
                bank.order + position,
                question.ask,
                question,
                source.line(at),
                at=at,
            )
        )
    return Unit(path, entries, problems, source)


def _load_paper(path: Path) -> Unit:
    def entry(paper: items.Paper) -> Entry:
        return Entry("paper", path.stem, path.stem, 0, paper.order, paper.name, paper, 1, paper.aliases)

    return _one(path, items.Paper, entry)


def _load_drill(path: Path) -> Unit:
    name = path.parent.name

    def entry(drill: items.Drill) -> Entry:
        return Entry(
            "drill", name, drill.topic, drill.level, drill.order, drill.title, drill, 1, drill.aliases
        )

    return _one(path, items.Drill, entry)


def _load_notes(path: Path) -> Unit:
    drill = path.parent.name
    return _one(path, items.Notes, lambda notes: Entry("notes", drill, drill, 0, 0, notes.cost, notes, 1))


def _load_families(path: Path) -> Unit:
    return _several(path, items.Family, lambda item: ("family", item.id, "", item.title.en, item.title.zh))


def _load_references(path: Path) -> Unit:
    return _several(path, items.Reference, lambda item: ("reference", item.id, "", item.title, item.title))


def _load_tree(path: Path) -> Unit:
    unit = _several(path, items.Node, lambda item: ("node", item.id, item.family, item.name, item.name))
    unit.entries = [replace(entry, aliases=entry.item.aliases) for entry in unit.entries]
    return unit


def _load_models(path: Path) -> Unit:
    return _several(path, items.ModelCard, lambda item: ("model", item.id, item.family, item.name, item.name))


def _load_mistakes(path: Path) -> Unit:
    drill = path.parent.name
    return _several(
        path, items.Mistake, lambda item: ("mistake", f"{drill}/{item.id}", drill, item.en, item.zh)
    )


def _one(path: Path, cls: type[ItemT], entry: Callable[[ItemT], Entry]) -> Unit:
    """A file that holds one item."""
    from llmprep.content.validate import load

    item, source, problems = load(path, cls)
    return Unit(path, [entry(item)] if item is not None else [], problems, source)


def _several(
    path: Path, cls: type[ItemT], described: Callable[[ItemT], tuple[str, str, str, str, str]]
) -> Unit:
    """A file that holds a list; `described` gives kind, id, topic and title of each."""
    from llmprep.content.validate import load_list

    found, source, problems = load_list(path, cls)
    entries = []
    for position, item in enumerate(found):
        kind, name, topic, en, zh = described(item)
        line = source.line((position,)) if source else 1
        entries.append(Entry(kind, name, topic, 0, position, items.Text(en, zh), item, line, at=(position,)))
    return Unit(path, entries, problems, source)
