"""What no type can say of a question: one kind, one right choice, points that can be recognised."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator

from llmprep.content.items import Question
from llmprep.content.links import Finding, Links, is_unwritten, link_findings, source_findings
from llmprep.content.speech import LANGUAGE_NAMES, PER_MINUTE, UNITS, spoken_length, spoken_seconds

LONGEST_ANSWER = 75
"""Seconds: an answer said aloud takes 30 to 60, and some are a little longer."""
WIDEST_TOLERANCE = 25.0


def question_findings(question: Question, links: Links) -> Iterator[Finding]:
    """The faults of one question."""
    if sum([bool(question.points), bool(question.choices), bool(question.compute)]) != 1:
        yield Finding(
            "it has not exactly one of points, choices and compute",
            "decide whether it is open, choice or computed",
        )
        return
    if question.kind != "choice" and question.answer is None:
        yield Finding("it has no answer", "write what one would say aloud")
    yield from {"open": _open, "choice": _choice, "computed": _computed}[question.kind](question)
    yield from _answer_length(question)
    if question.revision < 1:
        yield Finding(f"the revision is {question.revision}", "count from 1", ("revision",))
    yield from source_findings(question.source, links)
    yield from link_findings("question", question.then, "then", links, own=question.id)
    yield from link_findings("drill", question.drills, "drills", links)


def _open(question: Question) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for position, point in enumerate(question.points):
        at = ("points", position)
        if is_unwritten(point.en):
            continue
        if not point.any and not point.all:
            yield Finding(
                f"the point '{point.en}' is recognised by nothing",
                "give it any: with phrases in both languages",
                at,
            )
        if len(point.all) == 1:
            message = f"'all' of the point '{point.en}' has one group, any word of which would tick it"
            yield Finding(message, "give a second group, or move the words to any", (*at, "all"))
        for text in {point.en.casefold(), point.zh.casefold()}:
            texts[text] += 1
            if texts[text] == 2:
                yield Finding(f"the point '{point.en}' stands twice", "keep one of them", at)
        for phrase in point.any:
            if not phrase.strip():
                yield Finding(f"a phrase of the point '{point.en}' is empty", "remove it", (*at, "any"))
        for phrase in point.any:
            seen[phrase.casefold()] += 1
            if seen[phrase.casefold()] == 2:
                yield Finding(
                    f"the phrase '{phrase}' is given twice, so that saying it once may tick two points",
                    "keep it at one point",
                    (*at, "any"),
                )
    yield from _compared(question)


def _compared(question: Question) -> Iterator[Finding]:
    """Names are of use only where another point is about something else."""
    about = {position: set(point.about) for position, point in enumerate(question.points) if point.about}
    others = [*about.values(), *(set(point.unlike) for point in question.points if point.unlike)]
    for position, names in about.items():
        if all(names & other for other in others):
            message = (
                f"the point '{question.points[position].en}' is about what every other such point is about"
            )
            mend = "name what the others are about, or give unlike: with what it is compared to"
            yield Finding(message, mend, ("points", position, "about"))
    for position, point in enumerate(question.points):
        if point.unlike and not about:
            message = f"'unlike' of the point '{point.en}' is compared to nothing"
            yield Finding(message, "give about: with what the point is about", ("points", position, "unlike"))


def _choice(question: Question) -> Iterator[Finding]:
    if sum(choice.right for choice in question.choices) != 1:
        yield Finding("it has not exactly one right choice", "mark one with right: true", ("choices",))
    if not 3 <= len(question.choices) <= 5:
        yield Finding(f"it has {len(question.choices)} choices", "give three to five", ("choices",))
    texts: Counter[tuple[str, str]] = Counter()
    for position, choice in enumerate(question.choices):
        at = ("choices", position)
        if is_unwritten(choice.en):
            continue
        if not choice.right and choice.why is None:
            yield Finding(
                f"the wrong choice '{choice.en}' does not say why it is wrong", "add why: with the reason", at
            )
        for language, text in (("en", choice.en), ("zh", choice.zh)):
            texts[language, text.strip().casefold()] += 1
            if texts[language, text.strip().casefold()] == 2:
                yield Finding(f"two choices read '{text}'", "make every choice different", (*at, language))


def _computed(question: Question) -> Iterator[Finding]:
    if not question.vary:
        yield Finding(
            "a computed question varies nothing", "add vary: with the values each name is drawn from"
        )
    for name, values in question.vary.items():
        if not values:
            yield Finding(f"'{name}' has no values", "list those it is drawn from", ("vary", name))
        elif len(set(values)) < len(values):
            yield Finding(f"'{name}' has a value twice", "keep one of them", ("vary", name))
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", question.tolerance)
    if not match:
        yield Finding(
            f"the tolerance {question.tolerance!r} is no percentage", 'write it as "3%"', ("tolerance",)
        )
    elif not 0 < float(match[1]) <= WIDEST_TOLERANCE:
        mend = f"give more than 0% and at most {WIDEST_TOLERANCE:.0f}%"
        yield Finding(f"the tolerance is {question.tolerance}", mend, ("tolerance",))
    for language, text in (("en", question.ask.en), ("zh", question.ask.zh)):
        yield from _placeholders(text, question, ("ask", language))
    yield from _unfilled(question)


def _placeholders(text: str, question: Question, at: tuple[str, str]) -> Iterator[Finding]:
    """In `ask` every {name} is filled with a value: each is varied, none is missing, braces are in pairs."""
    try:
        fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        mend = "write {name} for a varied value, {{ and }} for braces"
        yield Finding(f"the braces of ask are not in pairs ({error})", mend, at)
        return
    for _, name, layout, conversion in fields:
        if layout or conversion or not str(name).isidentifier():
            yield Finding(
                f"{{{name}}} in ask is more than a name",
                "write {name}; numbers get their commas by themselves",
                at,
            )
        elif name not in question.vary:
            yield Finding(f"{{{name}}} in ask is not in vary", "add it to vary or remove the braces", at)
    for name in question.vary.keys() - {field[1] for field in fields}:
        yield Finding(
            f"ask does not say {{{name}}}, so nobody can compute it", "write it into the question", at
        )


def _unfilled(question: Question) -> Iterator[Finding]:
    for key, text in (("answer", question.answer), ("trap", question.trap)):
        for name in question.vary:
            if text is not None and f"{{{name}}}" in text.en + text.zh:
                mend = "say how it is computed; only ask is filled with values"
                yield Finding(f"{{{name}}} in {key} would be printed as it stands", mend, (key,))


def _answer_length(question: Question) -> Iterator[Finding]:
    if question.answer is None:
        return
    for language in PER_MINUTE:
        seconds = spoken_seconds(question.answer, language)
        if seconds > LONGEST_ANSWER:
            limit = LONGEST_ANSWER * PER_MINUTE[language] // 60
            yield Finding(
                f"the {LANGUAGE_NAMES[language]} answer takes {seconds:.0f} s aloud "
                f"({spoken_length(question.answer, language)} {UNITS[language]})",
                f"cut it to {limit} {UNITS[language]}: {LONGEST_ANSWER} s",
                ("answer", language),
            )
