"""What no type can say: one right choice, a talk that fits its clock, links that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from llmprep.content import items
from llmprep.content.drill_rules import drill_findings, mistake_findings, model_findings
from llmprep.content.library import Entry, Unit
from llmprep.content.lineage_rules import node_findings
from llmprep.content.links import Finding, Links, is_unwritten, source_findings
from llmprep.content.names import IDENTIFIER, spelling
from llmprep.content.paper_rules import paper_findings, reference_findings
from llmprep.content.problems import Problem
from llmprep.content.question_rules import question_findings
from llmprep.content.text_rules import text_findings
from llmprep.content.yaml_source import strings


def check_library(units: list[Unit]) -> list[Problem]:
    """Every problem of a library: those of its files and those between them."""
    links = Links(units)
    problems = {problem for unit in units for problem in unit.problems}
    for unit in units:
        problems.update(_unwritten(unit))
        for entry in unit.entries:
            for finding in _entry_findings(entry, links):
                problems.add(problem_of(finding, entry, unit))
    problems.update(_ids_taken(links))
    problems.update(_same_order(links))
    problems.update(_aliases_taken(links))
    problems.update(_asked_twice(links))
    return sorted(problems)


def problem_of(finding: Finding, entry: Entry, unit: Unit) -> Problem:
    """A finding with its file and line."""
    message = f"{entry.kind} '{entry.id}': {finding.message}"
    return Problem(unit.path, unit.line((*entry.at, *finding.at)), message, finding.mend)


def _unwritten(unit: Unit) -> Iterator[Problem]:
    if unit.source is None:
        return
    unwritten = {at for at, text in strings(unit.source.data) if is_unwritten(text)}
    for at in unwritten:
        pair = {(*at[:-1], "en"), (*at[:-1], "zh")}
        found = at[:-1] if pair <= unwritten and at in pair else at
        name = f"'{'.'.join(map(str, found))}'" if isinstance(found[0], str) else "this entry"
        yield Problem(unit.path, unit.line(found), f"{name} is not written yet", "replace the TODO")


def _entry_findings(entry: Entry, links: Links) -> Iterator[Finding]:
    identifier = entry.id.rpartition("/")[2] if entry.kind == "mistake" else entry.id
    if not IDENTIFIER.fullmatch(identifier):
        right = spelling(identifier)
        mend = f"did you mean '{right}'?" if IDENTIFIER.fullmatch(right) else "use a-z, 0-9 and hyphens"
        yield Finding("the id is not lower-case-with-hyphens", mend)
    if entry.kind == "topic":
        yield from text_findings(entry.title)
        if entry.item.asked < 0:
            yield Finding(f"asked is {entry.item.asked}", "count the reports, or leave it out", ("asked",))
        return
    yield from text_findings(entry.item)
    match entry.item:
        case items.Question() as question:
            yield from question_findings(question, links)
        case items.Paper() as paper:
            yield from paper_findings(paper, links)
        case items.Reference() as reference:
            yield from reference_findings(reference.link, reference.id, links)
        case items.Drill() as drill:
            yield from drill_findings(drill, entry.id, links)
        case items.Mistake() as mistake:
            yield from mistake_findings(mistake, links)
        case items.Notes() as notes:
            yield from source_findings(notes.source, links)
        case items.Node() as node:
            yield from node_findings(node, links)
        case items.ModelCard() as model:
            yield from model_findings(model, links)


# ---------------------------------------------------------------- between items


def _ids_taken(links: Links) -> Iterator[Problem]:
    for (kind, name), places in links.places.items():
        for path, entry in places[1:]:
            message = f"the {kind} id '{name}' is taken ({_place(*places[0])})"
            yield Problem(path, entry.line, message, "choose another id")


def _same_order(links: Links) -> Iterator[Problem]:
    for kind in ("drill", "paper"):
        taken: dict[int, str] = {}
        for path, entry in sorted(links.all(kind), key=lambda place: (place[1].position, place[1].id)):
            if entry.position in taken:
                message = f"{kind} '{entry.id}': '{taken[entry.position]}' has order {entry.position}, too"
                yield Problem(path, entry.line, message, "give every one its own place")
            taken.setdefault(entry.position, entry.id)


def _aliases_taken(links: Links) -> Iterator[Problem]:
    for kind in ("drill", "paper"):
        meant = {name: f"the id of {kind} '{name}'" for name in links.names(kind)}
        for path, entry in links.all(kind):
            for alias in entry.aliases:
                if spelling(alias) in meant:
                    message = f"{kind} '{entry.id}': the alias '{alias}' is {meant[spelling(alias)]}"
                    yield Problem(path, entry.line, message, "remove it or choose another")
                meant.setdefault(spelling(alias), f"an alias of {kind} '{entry.id}' already")


def _asked_twice(links: Links) -> Iterator[Problem]:
    first: dict[str, tuple[Path, Entry]] = {}
    for path, entry in links.all("question"):
        for text in {" ".join(entry.title.en.casefold().split()), "".join(entry.title.zh.casefold().split())}:
            if text in first and not is_unwritten(entry.title.en):
                message = (
                    f"question '{entry.id}' asks the same as '{first[text][1].id}' ({_place(*first[text])})"
                )
                yield Problem(path, entry.line, message, "keep one of them, or ask something else")
                break
            first.setdefault(text, (path, entry))


def _place(path: Path, entry: Entry) -> str:
    return f"{path.name}:{entry.line}"
