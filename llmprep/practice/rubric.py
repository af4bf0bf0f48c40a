"""Which points of a full answer a typed one touches, found offline by the phrases their author gave.

It only ever suggests: the learner ticks what was really said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from llmprep.content.items import Point
from llmprep.memory.records import Rating


def touched(points: Sequence[Point], typed: str, question: str = "") -> set[int]:
    """Indices of the points of which `typed` contains a phrase.

    Sentences that only repeat the question are not counted. Phrases match without regard to case, width
    (full or half) or the accents of a keyboard; a Latin phrase must begin a word, so that `any` is not
    found in `many`.
    """
    asked = {_bare(sentence) for sentence in _sentences(question)}
    answer = "\n".join(sentence for sentence in _sentences(typed) if _bare(sentence) not in asked)
    return {
        i for i, point in enumerate(points) if any(_contains(answer, _normal(phrase)) for phrase in point.any)
    }


def suggested_rating(had: int, of: int) -> Rating:
    """1 for nothing, 2 for half or more, 3 for everything; 4 is the learner's own to give."""
    if of == 0 or had >= of:
        return 3
    return 2 if 2 * had >= of else 1


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _sentences(text: str) -> list[str]:
    return re.split(r"\n|(?<=[.;])\s+|(?<=[?!。])", _normal(text))


def _bare(sentence: str) -> str:
    return sentence.strip(" \t.;?!。,，")


def _contains(answer: str, phrase: str) -> bool:
    if not phrase.strip():
        return False
    start = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", phrase) else ""
    return re.search(start + re.escape(phrase), answer) is not None
