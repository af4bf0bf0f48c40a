"""What no type can say of a talk: five beats, each within its time, every number with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmprep.content.items import Formula, NumberTable, Paper
from llmprep.content.links import Finding, Links, is_unwritten, link_findings, source_findings
from llmprep.content.picture_rules import picture_findings
from llmprep.content.speech import (
    LANGUAGE_NAMES,
    PER_MINUTE,
    UNITS,
    chinese_characters,
    english_words,
    spoken_length,
    spoken_seconds,
)
from llmprep.content.yaml_source import Location

BEATS = ("background", "core", "details", "impact", "followups")
TALK_SECONDS = 300
TALK_WORDS, TALK_CHARACTERS = 750, 1300
BEAT_SLACK = 1.15
"""A beat may take this much longer than planned: the pace of a speaker is no constant."""
_LINK = re.compile(r"arXiv:\d{4}\.\d{4,5}|arXiv:[a-z-]+/\d{7}|doi:10\.\S+|https?://\S+")
_HEAD_OF_SYMBOL = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


def paper_findings(paper: Paper, links: Links) -> Iterator[Finding]:
    """The faults of one talk."""
    yield from _beats(paper)
    for key, found, wanted in (("contributions", paper.contributions, 3), ("asked", paper.asked, 2)):
        if len(found) != wanted:
            yield Finding(f"{key} has {len(found)} entries", f"give {wanted}", (key,))
    for key, parts in (
        ("pictures", paper.pictures),
        ("formulas", paper.formulas),
        ("numbers", paper.numbers),
        ("limits", paper.limits),
    ):
        if not parts:
            yield Finding(f"{key} is empty", "add at least one", (key,))
    for position, table in enumerate(paper.numbers):
        yield from _table(table, ("numbers", position))
    for position, formula in enumerate(paper.formulas):
        yield from _formula(formula, ("formulas", position))
    for position, picture in enumerate(paper.pictures):
        yield from picture_findings(picture, ("pictures", position))
    if not is_unwritten(paper.link) and not _LINK.fullmatch(paper.link):
        mend = "write arXiv:2106.09685, doi:… or https://…"
        yield Finding(f"the link '{paper.link}' leads nowhere", mend, ("link",))
    if not 1900 <= paper.year <= 2100:
        yield Finding(f"the year is {paper.year}", "write the year it first appeared", ("year",))
    for at, source in _sources(paper):
        yield from source_findings(source, links, at)
    yield from link_findings("drill", paper.drills, "drills", links)
    yield from link_findings("question", paper.questions, "questions", links)


def reference_findings(link: str, name: str, links: Links) -> Iterator[Finding]:
    """The faults of one entry of `papers/references.yaml`."""
    if not _LINK.fullmatch(link):
        yield Finding(
            f"the link '{link}' leads nowhere", "write arXiv:2106.09685, doi:… or https://…", ("link",)
        )
    if links.has("paper", name):
        yield Finding("there is a talk with this id", "remove the reference: the talk's id may be cited")


def _beats(paper: Paper) -> Iterator[Finding]:
    if tuple(beat.name for beat in paper.beats) != BEATS:
        yield Finding("the beats are not " + ", ".join(BEATS), "write all five in this order", ("beats",))
    planned = sum(beat.seconds for beat in paper.beats)
    if planned > TALK_SECONDS:
        yield Finding(f"the beats take {planned} s together", f"plan {TALK_SECONDS} at most", ("beats",))
    words = sum(english_words(beat.say.en) for beat in paper.beats)
    characters = sum(chinese_characters(beat.say.zh) for beat in paper.beats)
    if words > TALK_WORDS:
        mend = f"cut it to {TALK_WORDS}: five minutes aloud"
        yield Finding(f"the English talk has {words} words", mend, ("beats",))
    if characters > TALK_CHARACTERS:
        mend = f"cut it to {TALK_CHARACTERS}: five minutes aloud"
        yield Finding(f"the Chinese talk has {characters} characters", mend, ("beats",))
    for position, beat in enumerate(paper.beats):
        at = ("beats", position)
        if beat.seconds <= 0:
            yield Finding(
                f"the beat '{beat.name}' takes {beat.seconds} s", "plan its seconds", (*at, "seconds")
            )
            continue
        if not beat.points:
            yield Finding(
                f"the beat '{beat.name}' has no points", "list what is ticked off after rehearsing", at
            )
        for language in PER_MINUTE:
            if spoken_seconds(beat.say, language) > BEAT_SLACK * beat.seconds:
                limit = int(BEAT_SLACK * beat.seconds * PER_MINUTE[language] / 60)
                yield Finding(
                    f"the beat '{beat.name}' takes {spoken_seconds(beat.say, language):.0f} s aloud in "
                    f"{LANGUAGE_NAMES[language]} ({spoken_length(beat.say, language)} {UNITS[language]}), "
                    f"not {beat.seconds}",
                    f"cut it to {limit} {UNITS[language]}",
                    (*at, "say", language),
                )


def _table(table: NumberTable, at: Location) -> Iterator[Finding]:
    if not table.rows:
        yield Finding(f"the table '{table.caption.en}' has no rows", "add them or remove it", at)
    for position, row in enumerate(table.rows):
        if len(row) != len(table.columns):
            yield Finding(
                f"a row of '{table.caption.en}' has {len(row)} cells and not {len(table.columns)}",
                "make every row as long as columns",
                (*at, "rows", position),
            )


def _formula(formula: Formula, at: Location) -> Iterator[Finding]:
    for position, symbol in enumerate(formula.symbols):
        head = _HEAD_OF_SYMBOL.search(symbol.tex)
        if head and not is_unwritten(symbol.tex) and head[0] not in formula.tex:
            mend = "explain the symbols that stand there"
            yield Finding(
                f"the symbol '{symbol.tex}' is not in the formula '{formula.name.en}'",
                mend,
                (*at, "symbols", position),
            )


def _sources(paper: Paper) -> Iterator[tuple[Location, str]]:
    yield ("deep", "source"), paper.deep.source
    sources = {
        "formulas": [formula.source for formula in paper.formulas],
        "numbers": [table.source for table in paper.numbers],
        "pictures": [picture.source for picture in paper.pictures],
        "asked": [asked.source for asked in paper.asked],
        "misconceptions": [misconception.source for misconception in paper.misconceptions],
    }
    for key, found in sources.items():
        for position, source in enumerate(found):
            yield (key, position, "source"), source
