"""What no type can say: a choice question has one right choice, a talk fits its clock, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from llmprep.content import items
from llmprep.content.library import Entry, Unit
from llmprep.content.problems import Problem

IDENTIFIER = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
BEATS = ("background", "core", "details", "impact", "followups")
TALK_WORDS, TALK_CHARACTERS = 750, 1300
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z0-9_√αβγδεθλμσπτ∝≈.%+\-×·/^'’]+")


def english_words(text: str) -> int:
    """Words as they are said: `O(n²·d)` counts once."""
    return len(text.split())


def chinese_characters(text: str) -> int:
    """Characters as they are said: a Latin word takes about as long as one and a half characters; it counts once."""
    return len(_CJK.findall(text)) + len(_LATIN_WORD.findall(_CJK.sub(" ", text)))


class Links:
    """All ids of a library, to look links up in."""

    def __init__(self, units: list[Unit]):
        self.places: dict[tuple[str, str], list[tuple[Path, Entry]]] = {}
        for unit in units:
            for entry in unit.entries:
                self.places.setdefault((entry.kind, entry.id), []).append((unit.path, entry))

    def has(self, kind: str, name: str) -> bool:
        return (kind, name) in self.places

    def names(self, kind: str) -> list[str]:
        return sorted(name for found, name in self.places if found == kind)


def check_library(units: list[Unit]) -> list[Problem]:
    """Every problem of a library: those of its files and those between them."""
    links = Links(units)
    problems = [problem for unit in units for problem in unit.problems]
    for unit in units:
        for entry in unit.entries:
            problems += [
                Problem(unit.path, entry.line, f"{entry.kind} '{entry.id}': {message}", mend)
                for message, mend in _check_entry(entry, links)
            ]
    for (kind, name), places in links.places.items():
        for path, entry in places[1:]:
            first = places[0]
            problems.append(
                Problem(path, entry.line, f"the {kind} id '{name}' is taken ({first[0].name}:{first[1].line})", "choose another id")
            )
    return sorted(problems)


Finding = tuple[str, str]


def _check_entry(entry: Entry, links: Links) -> Iterator[Finding]:
    if not IDENTIFIER.match(entry.id.rpartition("/")[2]):
        yield "the id is not lower-case-with-hyphens", "rename it"
    item = entry.item
    match item:
        case items.Question():
            yield from _check_question(item, links)
        case items.Paper():
            yield from _check_paper(item, links)
        case items.Drill():
            yield from _check_drill(item, links)
        case items.Mistake():
            yield from _check_mistake(item, links)
        case items.Notes():
            yield from _check_source(item.source, links)
        case items.ModelCard():
            yield from _check_source(item.source, links)


def _check_question(question: items.Question, links: Links) -> Iterator[Finding]:
    kinds = [bool(question.points), bool(question.choices), bool(question.compute)]
    if sum(kinds) != 1:
        yield "it has not exactly one of points, choices and compute", "decide whether it is open, choice or computed"
        return
    if question.kind != "choice" and question.answer is None:
        yield "it has no answer", "write what one would say aloud"
    if question.choices:
        yield from _check_choices(question)
    if question.compute and not question.vary:
        yield "a computed question varies nothing", "add vary: with the values each name is drawn from"
    if question.compute and not re.fullmatch(r"\d+(\.\d+)?%", question.tolerance):
        yield f"the tolerance {question.tolerance!r} is no percentage", 'write it as "3%"'
    for point in question.points:
        if not point.any:
            yield f"the point '{point.en}' is recognised by nothing", "give it any: with phrases in both languages"
    for name in re.findall(r"\{(\w+)\}", question.ask.en + question.ask.zh):
        if name not in question.vary:
            yield f"{{{name}}} in ask is not in vary", "add it to vary or remove the braces"
    yield from _check_source(question.source, links)
    yield from _check_links("question", question.then, links)
    yield from _check_links("drill", question.drills, links)
    yield from _check_texts(question.ask, question.answer, question.trap, *question.points, *question.choices)


def _check_choices(question: items.Question) -> Iterator[Finding]:
    if sum(choice.right for choice in question.choices) != 1:
        yield "it has not exactly one right choice", "mark one with right: true"
    if not 3 <= len(question.choices) <= 5:
        yield f"it has {len(question.choices)} choices", "give three to five"
    for choice in question.choices:
        if not choice.right and choice.why is None:
            yield f"the wrong choice '{choice.en}' does not say why it is wrong", "add why:"


def _check_paper(paper: items.Paper, links: Links) -> Iterator[Finding]:
    if tuple(beat.name for beat in paper.beats) != BEATS:
        yield "the beats are not " + ", ".join(BEATS), "write all five in this order"
    words = sum(english_words(beat.say.en) for beat in paper.beats)
    characters = sum(chinese_characters(beat.say.zh) for beat in paper.beats)
    if words > TALK_WORDS:
        yield f"the English talk has {words} words", f"cut it to {TALK_WORDS}: five minutes aloud"
    if characters > TALK_CHARACTERS:
        yield f"the Chinese talk has {characters} characters", f"cut it to {TALK_CHARACTERS}: five minutes aloud"
    for what, found, wanted in (
        ("contributions", len(paper.contributions), 3),
        ("questions that interviewers ask most", len(paper.asked), 2),
    ):
        if found != wanted:
            yield f"it has {found} {what}", f"give {wanted}"
    for name, value in (("formulas", paper.formulas), ("numbers", paper.numbers), ("limits", paper.limits)):
        if not value:
            yield f"{name} is empty", "add at least one"
    for table in paper.numbers:
        if any(len(row) != len(table.columns) for row in table.rows):
            yield f"a row of '{table.caption.en}' has not {len(table.columns)} cells", "make every row as long as columns"
    sourced = [*paper.formulas, *paper.numbers, paper.deep, *paper.asked, *paper.misconceptions]
    for part in sourced:
        yield from _check_source(part.source, links)
    yield from _check_links("drill", paper.drills, links)
    yield from _check_links("question", paper.questions, links)
    yield from _check_texts(paper.name, paper.one_line, *(beat.say for beat in paper.beats))


def _check_drill(drill: items.Drill, links: Links) -> Iterator[Finding]:
    if len(drill.hints) != 4:
        yield f"it has {len(drill.hints)} hints", "give four: idea, formula, shape plan, almost code"
    if not drill.names:
        yield "it names nothing to write", "list the functions and classes in names:"
    if not drill.then:
        yield "no question follows it", "add then: with what an interviewer asks next"
    yield from _check_source(drill.source, links)
    yield from _check_links("question", drill.then, links)
    yield from _check_links("paper", drill.papers, links)
    yield from _check_links("drill", drill.needs, links)
    yield from _check_texts(drill.title, drill.prompt, *drill.hints)


def _check_mistake(mistake: items.Mistake, links: Links) -> Iterator[Finding]:
    if bool(mistake.swap) == bool(mistake.file):
        yield "it has not exactly one of swap and file", "say how the candidate's code differs from the reference"
    if mistake.concept:
        yield from _check_links("question", (mistake.concept,), links)
    yield from _check_texts(mistake)


def _check_source(source: str, links: Links) -> Iterator[Finding]:
    for part in source.split(";"):
        work = part.split()[0] if part.split() else ""
        if not (links.has("paper", work) or links.has("reference", work)):
            yield f"the source '{part.strip()}' names no known work", "begin with the id of a paper or of an entry in papers/references.yaml"


def _check_links(kind: str, names: tuple[str, ...], links: Links) -> Iterator[Finding]:
    import difflib

    for name in names:
        if not links.has(kind, name):
            close = difflib.get_close_matches(name, links.names(kind), n=1)
            yield f"there is no {kind} '{name}'", f"did you mean '{close[0]}'?" if close else "add it or remove the link"


def _check_texts(*texts: object) -> Iterator[Finding]:
    for text in texts:
        if text is None:
            continue
        for language in ("en", "zh"):
            if not str(getattr(text, language)).strip():
                yield f"a text is empty in {language}", "write it; both languages are read"
