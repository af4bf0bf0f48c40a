"""`chunk` against a scan of the text and a search over all pairs of boundaries."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

MARKS = ".!?。！？"


def boundaries(text: str, size: int) -> list[int]:
    """Every place at which a sentence or a piece of one ends, 0 included."""
    ends = [0]
    for place, sign in enumerate(text):
        rest = text[place + 1 :]
        stops = sign in "。！？" or (sign in ".!?" and (not rest or rest[0].isspace()))
        if stops and not (rest and rest[0] in MARKS):
            ends.append(len(text) - len(rest.lstrip()))
    ends.append(len(text))
    pieces = {0}
    for start, end in pairwise(ends):
        pieces.update(range(start + size, end, size))
        pieces.add(end)
    return sorted(pieces)


def by_search(text: str, size: int, overlap: int) -> list[tuple[int, int]]:
    places = boundaries(text, size)
    chunks: list[tuple[int, int]] = []
    done = 0
    while done < len(text):
        following = next(p for p in places if p > done)
        starts = [p for p in places if p <= done and done - p <= overlap and following - p <= size]
        start = min(starts) if chunks else 0
        done = max(p for p in places if p > done and p - start <= size)
        chunks.append((start, done))
    return chunks


@pytest.mark.parametrize("seed", range(40))
def test_equals_a_search_over_boundaries(reference, seed):
    draw = random.Random(seed)
    text = "".join(draw.choices("abc 字。！.?\n 3", k=draw.randint(0, 150)))
    size = draw.randint(1, 40)
    overlap = draw.randint(0, size - 1)
    assert reference("chunker").chunk(text, size, overlap) == by_search(text, size, overlap)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_lost_and_nothing_too_long(reference, seed):
    draw = random.Random(seed)
    text = "".join(draw.choices("word. 字。 ", k=200))
    spans = reference("chunker").chunk(text, 30, 12)
    assert (
        "".join(text[max(s, e) : f] for (_, e), (s, f) in zip([(0, 0), *spans], spans, strict=False)) == text
    )
    assert max(end - start for start, end in spans) <= 30
