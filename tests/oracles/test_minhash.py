"""MinHash against the exact Jaccard similarity, and the bands against all pairs and their law."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

P = 2**61 - 1


def functions(seed: int, m: int) -> tuple[list[int], list[int]]:
    draw = random.Random(seed)
    return [draw.randrange(1, P) for _ in range(m)], [draw.randrange(P) for _ in range(m)]


@pytest.mark.parametrize(("shared", "own"), [(50, 0), (40, 20), (20, 40), (5, 60), (0, 30)])
def test_estimates_the_jaccard_similarity(reference, shared, own):
    drill, draw = reference("minhash"), random.Random(shared)
    drawn = draw.sample(range(2**32), shared + 2 * own)
    first, second = set(drawn[: shared + own]), set(drawn[:shared]) | set(drawn[shared + own :])
    a, b = functions(1, 2000)
    estimate = drill.similarity(drill.minhash(first, a, b), drill.minhash(second, a, b))
    exact = len(first & second) / len(first | second)
    assert estimate == pytest.approx(exact, abs=5 * (exact * (1 - exact) / 2000) ** 0.5)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("bands", [1, 2, 5, 10])
def test_the_bands_find_what_all_pairs_find(reference, seed, bands):
    draw = random.Random(seed)
    signatures = [[draw.randrange(3) for _ in range(10)] for _ in range(30)]
    rows = 10 // bands
    expected = [
        (i, j)
        for i, j in combinations(range(30), 2)
        if any(signatures[i][k : k + rows] == signatures[j][k : k + rows] for k in range(0, 10, rows))
    ]
    assert reference("minhash").candidate_pairs(signatures, bands) == expected


def test_pairs_are_found_as_often_as_the_law_says(reference):
    """1 − (1 − sʳ)ᵇ over many independent sets of functions."""
    drill = reference("minhash")
    drawn = random.Random(0).sample(range(2**32), 80)
    first, second = set(drawn[:60]), set(drawn[20:])  # s = 40 / 80
    bands, rows, runs = 4, 3, 600
    found = 0
    for seed in range(runs):
        a, b = functions(seed, bands * rows)
        found += bool(drill.candidate_pairs([drill.minhash(first, a, b), drill.minhash(second, a, b)], bands))
    expected = 1 - (1 - 0.5**rows) ** bands
    assert found / runs == pytest.approx(expected, abs=5 * (expected * (1 - expected) / runs) ** 0.5)
