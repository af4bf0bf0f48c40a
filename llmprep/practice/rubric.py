"""Which points of a full answer a typed one makes, found offline by the phrases their author gave.

A point is made where one of its phrases stands, or a phrase of every group of `all` in one sentence, unless
the words around say the opposite of what the author says there. It only ever suggests: the learner ticks what
was really said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from llmprep.content.items import Point, Text
from llmprep.memory.records import Rating
from llmprep.practice.polarity import clause_around, contradicts, denies, negated


@dataclass(frozen=True)
class Evidence:
    """Where in the typed text a point is made: text[start:end]."""

    point: int
    start: int
    end: int


def found_points(
    points: Sequence[Point], typed: str, question: str = "", answer: Text | None = None
) -> list[Evidence]:
    """The first evidence of each point that `typed` makes, in the order of the points.

    Sentences that only repeat the question are not counted. Phrases match without regard to case, width
    (full or half) or the accents of a keyboard; a Latin phrase must begin a word, so that `any` is not
    found in `many`.

    Args:
        question: both languages of it.
        answer: the author's, which says in which sense the phrases are meant.
    """
    text, said, models = _read(typed, question, answer)
    found = []
    for index, point in enumerate(points):
        place = _place(Phrases(point, models).in_sentence, said)
        if place is not None:
            found.append(Evidence(index, *text.original(*place)))
    return found


def opposed_points(
    points: Sequence[Point], typed: str, question: str = "", answer: Text | None = None
) -> list[Evidence]:
    """Where `typed` seems to say the opposite of a point that it does not make (see `found_points`).

    It is the clause with a wrong claim that the author named, or with a phrase that is denied or reversed.
    """
    text, said, models = _read(typed, question, answer)
    made = touched(points, typed, question, answer)
    opposed = []
    for index, point in enumerate(points):
        place = _place(Phrases(point, models).opposed_in, said) if index not in made else None
        if place is not None:
            opposed.append(Evidence(index, *text.original(*clause_around(text.text, *place))))
    return opposed


def _read(typed: str, question: str, answer: Text | None) -> tuple[Normal, list[tuple[int, str]], list[str]]:
    """The answer, its sentences but those of the question, and the author's answers."""
    text = Normal(typed)
    asked = {_bare(sentence) for _, sentence in _sentences(Normal(question).text)}
    said = [(start, part) for start, part in _sentences(text.text) if _bare(part) not in asked]
    return text, said, [Normal(answer[language]).text for language in ("en", "zh")] if answer else []


def touched(points: Sequence[Point], typed: str, question: str = "", answer: Text | None = None) -> set[int]:
    """Indices of the points that `typed` makes (see `found_points`)."""
    return {evidence.point for evidence in found_points(points, typed, question, answer)}


def suggested_rating(had: int, of: int) -> Rating:
    """1 for nothing, 2 for half or more, 3 for everything; 4 is the learner's own to give."""
    if of == 0 or had >= of:
        return 3
    return 2 if 2 * had >= of else 1


# ------------------------------------------------------------------ one point


class Phrases:
    """What shows that a point was made, and the sense in which its author means it."""

    def __init__(self, point: Point, models: Sequence[str]):
        self.single = [_normal(phrase) for phrase in point.any if phrase.strip()]
        self.groups = [[_normal(phrase) for phrase in group if phrase.strip()] for group in point.all]
        self.against = [_normal(phrase) for phrase in point.unless if phrase.strip()]
        self._stated = [_normal(point.en), _normal(point.zh)]
        self._models = models

    def in_sentence(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Where the sentence makes the point."""
        if any(True for phrase in self.against for _ in _occurrences(phrase, sentence)):
            return
        for phrase in self.single:
            for start, end in _occurrences(phrase, sentence):
                if self._meant(phrase, sentence, start, end):
                    yield start, end
        if self.groups:
            places = [self._any_of(group, sentence) for group in self.groups]
            known = [place for place in places if place is not None]
            if len(known) == len(places):
                yield min(start for start, _ in known), max(end for _, end in known)

    def opposed_in(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Where the sentence says the opposite of the point."""
        for phrase in self.against:
            yield from _occurrences(phrase, sentence)
        for phrase in self.single:
            for start, end in _occurrences(phrase, sentence):
                if not self._meant(phrase, sentence, start, end):
                    yield start, end

    def _any_of(self, group: list[str], sentence: str) -> tuple[int, int] | None:
        for phrase in group:
            for start, end in _occurrences(phrase, sentence):
                if self._meant(phrase, sentence, start, end):
                    return start, end
        return None

    def _meant(self, phrase: str, sentence: str, start: int, end: int) -> bool:
        """Whether the clause around the phrase agrees with the author's clauses around it."""
        if not self._models:
            return True
        places = [(model, *place) for model in self._models for place in _occurrences(phrase, model)]
        clauses = [model[slice(*clause_around(model, first, last))] for model, first, last in places]
        first, last = clause_around(sentence, start, end)
        if contradicts(sentence[first:last], [*self._stated, *clauses]):
            return False
        if not negated(sentence, start):
            return True
        return any(map(denies, self._stated)) or any(negated(model, place) for model, place, _ in places)


def _place(
    places: Callable[[str], Iterator[tuple[int, int]]], said: list[tuple[int, str]]
) -> tuple[int, int] | None:
    for offset, sentence in said:
        for start, end in places(sentence):
            return offset + start, offset + end
    return None


# ------------------------------------------------------------------ text


class Normal:
    """A text without regard to case and width, and the way back to the places of the original."""

    def __init__(self, original: str):
        parts = [_normal(character) for character in original]
        self.text = "".join(parts)
        self._places = [index for index, part in enumerate(parts) for _ in part]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original."""
        return self._places[start], self._places[end - 1] + 1


ONE_FOR_ALL = str.maketrans("−–—‐‑’z", "-----'s")
"""Minus and hyphen, apostrophes, and -ise for -ize: one sign for what people type differently."""


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(ONE_FOR_ALL)


_SENTENCE_ENDS = re.compile(r"\n|(?<=[.;])(?<!\bdr\.)(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)\s+|[?!。]")


def _sentences(text: str) -> list[tuple[int, str]]:
    """Each sentence and where it begins."""
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text)]
    starts = [0, *ends]
    return [(start, text[start:end]) for start, end in zip(starts, [*ends, len(text)], strict=True)]


def _bare(sentence: str) -> str:
    return sentence.strip(" \t\n.;?!。,，")


def _occurrences(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    for match in _pattern(phrase).finditer(text):
        yield match.span()


_JOINTS = re.compile(
    r"(?<=[a-z]{2})-(?=[a-z]{2})|\s+|(?<=[^\x00-\x7f])(?=[a-z0-9])|(?<=[a-z0-9])(?=[^\x00-\x7f])"
)
"""Where a phrase may be spaced: at hyphens between words, at spaces, between Chinese and Latin."""


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase however it is spaced: `pre-norm` and `pre norm`, `p - y` and `p-y`, `用 KL` and `用KL`.

    A phrase that ends in a space ends a word.
    """
    start = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", phrase) else ""
    end = r"(?![a-z0-9])" if phrase.endswith(" ") else ""
    return re.compile(start + r"[\s-]*".join(map(re.escape, _JOINTS.split(phrase.strip()))) + end)
