"""Of which of the things that a question compares a phrase is said.

"Prefill is compute-bound and decode memory-bound" and its reverse hold the same phrases; they differ in what
each is said of. A point names its thing (`about`), and a phrase counts for it only beside that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from llmprep.content.questions import Point
from llmprep.practice.matching import normal, occurrences
from llmprep.practice.polarity import clause_around


class Mention(NamedTuple):
    """A name in the text: text[start:end], and the points that are about it."""

    start: int
    end: int
    points: frozenset[int]


_FOIL_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:unlike|than|like|compared (?:to|with)|contrast (?:to|with)|contrary to|opposed to"
    r"|instead of|rather than|relative to|vs\.?|versus|not|replac(?:es|ed|ing))(?: the| an?| in)?"
    r"|不像|不同于|而不是|不是|相对于?|比起?|代替|替代)\s*$"
)
_FOIL_AFTER = re.compile(r"\s*(?:相比|比起来|不同|那样)")
_OBLIQUE_BEFORE = re.compile(
    r"(?<!and )(?<!but )(?<![a-z])(?:of|from|that|which|where|to|into|by|with|in|on|for|at|as|through|over"
    r"|using|after|before)(?: the| an?| its)?\s*$|[在对把被用给从由]\s*$"
)
_OBLIQUE_AFTER = re.compile(r"'s|\s*的")
_JOINED = re.compile(r"\s*(?:/|&|、|和|与|跟|及|以及|and|or|as well as)\s*(?:both |the )?")
_SAID_FOR = re.compile(
    r"\s*\(?(?:for|in|of|with|by|on|under|during|is|are)\s+(?:the |an? )?|\s*(?:的是|是)\s*"
)
_LOOK_BACK = 24
"""Characters in which a word that says how a name is meant may stand before it."""


class Subjects:
    """The mentions, in one text, of the things that the points of a question are about."""

    def __init__(self, points: Sequence[Point], text: str):
        self._text = text
        self._about = [bool(point.about) for point in points]
        self._mentions = _joined(_mentions(points, text), text) if any(self._about) else []

    def allow(self, point: int, start: int, end: int) -> bool:
        """Whether text[start:end] may be said of the thing that the point is about.

        What is said beside no name at all may be.
        """
        if not self._about[point] or not self._mentions:
            return True
        owner = self._owner(start, end)
        return owner is None or point in owner.points

    def _owner(self, start: int, end: int) -> Mention | None:
        first, last = clause_around(self._text, start, end)
        named = [one for one in self._mentions if not self._is_foil(one)]
        here = [one for one in named if first <= one.start < last]
        after = [one for one in here if one.start >= end]
        if after and _SAID_FOR.fullmatch(self._text, end, after[0].start):
            return after[0]
        before = self._last_topic([one for one in here if one.start < end])
        if before or after:
            return before or after[0]
        return self._last_topic([one for one in named if one.start < first])

    def _last_topic(self, mentions: Sequence[Mention]) -> Mention | None:
        """The last name that its clause is about; failing that, the last that is only a part of one."""
        topics = [one for one in mentions if not self._is_oblique(one)] or mentions
        return topics[-1] if topics else None

    def _is_foil(self, mention: Mention) -> bool:
        """Whether the thing is only named for the contrast: unlike it, than it, 和它相比."""
        return self._stands_between(_FOIL_BEFORE, mention, _FOIL_AFTER)

    def _is_oblique(self, mention: Mention) -> bool:
        """Whether the name belongs to another word: the cost of it, what it needs, its, 它的."""
        return self._stands_between(_OBLIQUE_BEFORE, mention, _OBLIQUE_AFTER)

    def _stands_between(self, before: re.Pattern[str], mention: Mention, after: re.Pattern[str]) -> bool:
        words = self._text[max(mention.start - _LOOK_BACK, 0) : mention.start]
        return bool(before.search(words) or after.match(self._text, mention.end))


def _mentions(points: Sequence[Point], text: str) -> list[Mention]:
    """Every name in the text in order; of names that overlap the longest."""
    owners: dict[str, set[int]] = {}
    for index, point in enumerate(points):
        for name in point.about:
            owners.setdefault(normal(name), set()).add(index)
        for name in point.unlike:
            owners.setdefault(normal(name), set())
    found = [Mention(*place, frozenset(owners[name])) for name in owners for place in occurrences(name, text)]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _joined(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """What is said of `A and B` is said of both."""
    found = list(mentions)
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if _JOINED.fullmatch(text, one.end, other.start):
            both = one.points | other.points
            found[index], found[index + 1] = one._replace(points=both), other._replace(points=both)
    return found
