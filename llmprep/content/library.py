"""Every file of content, parsed and validated: what is compiled into the catalogue and what is checked.

A file is one *unit*: it is parsed on its own, so that changing one bank recompiles one bank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llmprep.content import items
from llmprep.content.problems import Problem


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


@dataclass
class Unit:
    """One parsed file: its entries, or the problems that keep it out."""

    path: Path
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def unit_paths(root: Path) -> Iterator[Path]:
    """Every content file under `root`, in a fixed order."""
    for folder in ("questions", "papers", "models"):
        yield from sorted((root / folder).glob("*.yaml"))
    yield from sorted(root.glob("drills/*/drill.yaml"))
    for name in ("mistakes.yaml", "notes.yaml"):
        yield from sorted(root.glob(f"solutions/*/{name}"))


def load_unit(path: Path) -> Unit:
    """Parse and validate one content file; the folder and file name say what it must be."""
    loader: Callable[[Path], Unit] | None
    if path.name == "references.yaml" and path.parent.name == "papers":
        loader = _load_references
    elif path.name in ("mistakes.yaml", "notes.yaml", "drill.yaml"):
        loader = {"mistakes.yaml": _load_mistakes, "notes.yaml": _load_notes, "drill.yaml": _load_drill}[path.name]
    else:
        loader = {"questions": _load_bank, "papers": _load_paper, "models": _load_models}.get(path.parent.name)
    if loader is None:
        problem = Problem(path, 1, "not a content file", "see CONTRIBUTING.md for what goes where")
        return Unit(path, problems=[problem])
    return loader(path)


def load_library(root: Path) -> list[Unit]:
    """All units under `root`; slow (parses everything), meant for checks."""
    return [load_unit(path) for path in unit_paths(root)]


def _load_bank(path: Path) -> Unit:
    from llmprep.content.validate import load

    bank, source, problems = load(path, items.QuestionBank)
    if bank is None or source is None:
        return Unit(path, problems=problems)
    topic = path.stem
    entries = [Entry("topic", topic, topic, 0, 0, bank.title, bank.title, 1)]
    for position, question in enumerate(bank.questions):
        line = source.line(("questions", position))
        entries.append(
            Entry("question", question.id, topic, question.level, position, question.ask, question, line)
        )
    return Unit(path, entries, problems)


def _load_paper(path: Path) -> Unit:
    from llmprep.content.validate import load

    paper, _, problems = load(path, items.Paper)
    if paper is None:
        return Unit(path, problems=problems)
    entry = Entry("paper", path.stem, path.stem, 0, paper.order, paper.name, paper, 1, paper.aliases)
    return Unit(path, [entry], problems)


def _load_references(path: Path) -> Unit:
    from llmprep.content.validate import load_list

    references, source, problems = load_list(path, items.Reference)
    entries = [
        Entry("reference", reference.id, "", 0, position, items.Text(reference.title, reference.title), reference,
              source.line((position,)) if source else 1)
        for position, reference in enumerate(references)
    ]  # fmt: skip
    return Unit(path, entries, problems)


def _load_models(path: Path) -> Unit:
    from llmprep.content.validate import load_list

    models, source, problems = load_list(path, items.ModelCard)
    entries = [
        Entry("model", model.id, model.family, 0, position, items.Text(model.name, model.name), model,
              source.line((position,)) if source else 1)
        for position, model in enumerate(models)
    ]  # fmt: skip
    return Unit(path, entries, problems)


def _load_drill(path: Path) -> Unit:
    from llmprep.content.validate import load

    drill, _, problems = load(path, items.Drill)
    if drill is None:
        return Unit(path, problems=problems)
    name = path.parent.name
    entry = Entry("drill", name, drill.topic, drill.level, drill.order, drill.title, drill, 1, drill.aliases)
    return Unit(path, [entry], problems)


def _load_mistakes(path: Path) -> Unit:
    from llmprep.content.validate import load_list

    mistakes, source, problems = load_list(path, items.Mistake)
    drill = path.parent.name
    entries = [
        Entry("mistake", f"{drill}/{mistake.id}", drill, 0, position, items.Text(mistake.en, mistake.zh), mistake,
              source.line((position,)) if source else 1)
        for position, mistake in enumerate(mistakes)
    ]  # fmt: skip
    return Unit(path, entries, problems)


def _load_notes(path: Path) -> Unit:
    from llmprep.content.validate import load

    notes, _, problems = load(path, items.Notes)
    if notes is None:
        return Unit(path, problems=problems)
    drill = path.parent.name
    return Unit(path, [Entry("notes", drill, drill, 0, 0, notes.cost, notes, 1)], problems)
