"""`encode` and `decode` against merging over byte strings, one merge after the other, and round trips."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest


def by_substitution(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Ids as private characters of a string, each merge as one regular substitution."""
    spelled = "".join(chr(0xF0000 + byte) for byte in text.encode())
    for new, (left, right) in enumerate(merges, start=256):
        spelled = re.sub(chr(0xF0000 + left) + chr(0xF0000 + right), chr(0xF0000 + new), spelled)
    return [ord(character) - 0xF0000 for character in spelled]


def some_merges(draw: random.Random, text: str, n: int) -> list[tuple[int, int]]:
    """Neighbours in the text as it is cut so far: in any order, not the most frequent first."""
    merges: list[tuple[int, int]] = []
    for _ in range(n):
        ids = by_substitution(text, merges)
        merges.append(draw.choice(list(pairwise(ids))))
    return merges


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("letters", ["ab", "abc", "中文", "é🙂"])
def test_equals_substitution_merge_by_merge(reference, seed, letters):
    draw = random.Random(seed)
    merges = some_merges(draw, "".join(draw.choices(letters, k=60)), 20)
    text = "".join(draw.choices(letters, k=60))
    ids = reference("byte-level-bpe").encode(text, merges)
    assert ids == by_substitution(text, merges)
    assert len(ids) < len(text.encode())
    assert reference("byte-level-bpe").decode(ids, merges) == text


@pytest.mark.parametrize("seed", range(5))
def test_every_character_comes_back(reference, seed):
    draw = random.Random(seed)
    merges = some_merges(draw, "aé中🙂" * 10, 12)
    points = [p for p in (draw.randrange(0x110000) for _ in range(300)) if not 0xD800 <= p < 0xE000]
    text = "".join(map(chr, points)) + "aé中🙂" * 5
    module = reference("byte-level-bpe")
    assert module.decode(module.encode(text, merges), merges) == text
