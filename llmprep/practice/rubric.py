"""Which points of a full answer a typed one makes, found offline by the phrases their author gave.

A point is made where one of its phrases stands, or a phrase of every group of `all` in one sentence, unless
the words around say the opposite of what the author says there. It only ever suggests: the learner ticks what
was really said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from llmprep.content.items import Point, Text
from llmprep.memory.records import Rating
from llmprep.practice.matching import Normal, bare, normal, occurrences, sentences
from llmprep.practice.polarity import clause_around, contradicts, denies, negated
from llmprep.practice.subjects import Subjects


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
    read = Reading(points, typed, question, answer)
    places = ((index, next(read.phrases(index).said(), None)) for index in range(len(points)))
    return [read.evidence(index, *place) for index, place in places if place is not None]


def opposed_points(
    points: Sequence[Point], typed: str, question: str = "", answer: Text | None = None
) -> list[Evidence]:
    """Where `typed` seems to say the opposite of a point that it does not make (see `found_points`).

    It is the clause with a wrong claim that the author named, or with a phrase that is denied, reversed, or
    said of another thing.
    """
    read = Reading(points, typed, question, answer)
    made = touched(points, typed, question, answer)
    missed = (index for index in range(len(points)) if index not in made)
    places = ((index, next(read.phrases(index).opposed(), None)) for index in missed)
    clauses = ((index, clause_around(read.text.text, *place)) for index, place in places if place is not None)
    return [read.evidence(index, *clause) for index, clause in clauses]


def touched(points: Sequence[Point], typed: str, question: str = "", answer: Text | None = None) -> set[int]:
    """Indices of the points that `typed` makes (see `found_points`)."""
    return {evidence.point for evidence in found_points(points, typed, question, answer)}


def suggested_rating(had: int, of: int) -> Rating:
    """1 for nothing, 2 for half or more, 3 for everything; 4 is the learner's own to give."""
    if of == 0 or had >= of:
        return 3
    return 2 if 2 * had >= of else 1


# ------------------------------------------------------------------ one answer, one point


class Reading:
    """A typed answer, beside what was asked and what the author answers."""

    def __init__(self, points: Sequence[Point], typed: str, question: str, answer: Text | None):
        self.text = Normal(typed)
        asked = {bare(sentence) for _, sentence in sentences(Normal(question).text)}
        self.said = [(start, part) for start, part in sentences(self.text.text) if bare(part) not in asked]
        self.models = [Normal(answer[language]).text for language in ("en", "zh")] if answer else []
        self.subjects = Subjects(points, self.text.text)
        self._points = points

    def phrases(self, point: int) -> Phrases:
        """Those of one point, in this answer."""
        return Phrases(self, point, self._points[point])

    def evidence(self, point: int, start: int, end: int) -> Evidence:
        """A place of the normalised text as one of what was typed."""
        return Evidence(point, *self.text.original(start, end))


class Phrases:
    """What shows that a point was made, and the sense in which its author means it."""

    def __init__(self, read: Reading, index: int, point: Point):
        self._read, self._index = read, index
        self._single = [normal(phrase) for phrase in point.any if phrase.strip()]
        self._groups = [[normal(phrase) for phrase in group if phrase.strip()] for group in point.all]
        self._against = [normal(phrase) for phrase in point.unless if phrase.strip()]
        self._stated = [normal(point.en), normal(point.zh)]

    def said(self) -> Iterator[tuple[int, int]]:
        """Where the answer makes the point."""
        for offset, sentence in self._read.said:
            if any(True for phrase in self._against for _ in occurrences(phrase, sentence)):
                continue
            for start, end, meant in self._found(sentence, offset):
                if meant:
                    yield start, end

    def opposed(self) -> Iterator[tuple[int, int]]:
        """Where the answer says the opposite of the point."""
        for offset, sentence in self._read.said:
            for phrase in self._against:
                for start, end in occurrences(phrase, sentence):
                    yield offset + start, offset + end
            for start, end, meant in self._found(sentence, offset):
                if not meant:
                    yield start, end

    def _found(self, sentence: str, offset: int) -> Iterator[tuple[int, int, bool]]:
        """Each place with what shows the point, and whether it is meant so; groups last."""
        for phrase in self._single:
            for start, end in occurrences(phrase, sentence):
                yield offset + start, offset + end, self._meant(phrase, sentence, offset, start, end)
        places = [self._any_of(group, sentence, offset) for group in self._groups]
        known = [place for place in places if place is not None]
        if known and len(known) == len(places):
            yield min(start for start, _ in known), max(end for _, end in known), True

    def _any_of(self, group: list[str], sentence: str, offset: int) -> tuple[int, int] | None:
        for phrase in group:
            for start, end in occurrences(phrase, sentence):
                if self._meant(phrase, sentence, offset, start, end):
                    return offset + start, offset + end
        return None

    def _meant(self, phrase: str, sentence: str, offset: int, start: int, end: int) -> bool:
        """Whether the phrase is said of what the point is about, and its clause agrees with the author's."""
        if not self._read.subjects.allow(self._index, offset + start, offset + end):
            return False
        models = self._read.models
        if not models:
            return True
        places = [(model, *place) for model in models for place in occurrences(phrase, model)]
        clauses = [model[slice(*clause_around(model, first, last))] for model, first, last in places]
        first, last = clause_around(sentence, start, end)
        if contradicts(sentence[first:last], [*self._stated, *clauses]):
            return False
        if not negated(sentence, start):
            return True
        stated = [(text, place) for text in self._stated for place, _ in occurrences(phrase, text)]
        by_author = [(model, place) for model, place, _ in places] + stated
        if any(negated(text, place) for text, place in by_author):
            return True
        return not stated and any(map(denies, self._stated))
