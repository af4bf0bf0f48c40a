"""How a phrase is found in typed text: whatever its case, width, spacing and hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache


class Normal:
    """A text without regard to case and width, and the way back to the places of the original."""

    def __init__(self, original: str):
        parts = [normal(character) for character in original]
        self.text = "".join(parts)
        self._places = [index for index, part in enumerate(parts) for _ in part]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original."""
        return self._places[start], self._places[end - 1] + 1


ONE_FOR_ALL = str.maketrans("−–—‐‑’z", "-----'s")
"""Minus and hyphen, apostrophes, and -ise for -ize: one sign for what people type differently."""


def normal(text: str) -> str:
    """The text in one case, one width and one spelling."""
    return unicodedata.normalize("NFKC", text).casefold().translate(ONE_FOR_ALL)


_SENTENCE_ENDS = re.compile(r"\n|(?<=[.;])(?<!\bdr\.)(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)\s+|[?!。]")


def sentences(text: str) -> list[tuple[int, str]]:
    """Each sentence and where it begins."""
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text)]
    starts = [0, *ends]
    return [(start, text[start:end]) for start, end in zip(starts, [*ends, len(text)], strict=True)]


def bare(sentence: str) -> str:
    """A sentence without what stands at its ends."""
    return sentence.strip(" \t\n.;?!。,，")


def occurrences(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a normalised phrase stands in a normalised text; a Latin one begins a word."""
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
