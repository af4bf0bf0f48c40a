"""`edit_distance` against the recursion that defines it, and against the laws of a distance."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from functools import cache

import pytest


def by_definition(a: str, b: str) -> int:
    @cache
    def distance(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return max(i, j)
        changed = distance(i - 1, j - 1) + int(a[i - 1] != b[j - 1])
        return min(distance(i - 1, j) + 1, distance(i, j - 1) + 1, changed)

    return distance(len(a), len(b))


def words(draw: random.Random, n: int) -> list[str]:
    return ["".join(draw.choices("abc", k=draw.randrange(9))) for _ in range(n)]


@pytest.mark.parametrize("seed", range(20))
def test_equals_the_definition_and_is_a_distance(reference, seed):
    distance = reference("edit-distance").edit_distance
    a, b, c = words(random.Random(seed), 3)
    assert distance(a, b) == by_definition(a, b)
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@pytest.mark.parametrize("seed", range(10))
def test_no_more_edits_than_difflib_makes(reference, seed):
    a, b = words(random.Random(100 + seed), 2)
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    made = sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in opcodes if kind != "equal")
    assert reference("edit-distance").edit_distance(a, b) <= made


def test_rates_by_hand(reference):
    drill = reference("edit-distance")
    assert drill.word_error_rate("the cat sat on the mat", "the cat sit on mat") == pytest.approx(2 / 6)
    assert drill.corpus_word_error_rate(["a b c d", "e"], ["a b c d", "f"]) == pytest.approx(1 / 5)
