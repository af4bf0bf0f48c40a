"""MinHash signatures (Broder 1997) and locality-sensitive hashing by bands."""

from collections import defaultdict
from itertools import combinations

P = 2**61 - 1  # a Mersenne prime, far above the number of items


def shingles(text: str, n: int) -> set[tuple[str, ...]]:
    """All word n-grams; a shorter text is one shingle as a whole."""
    words = text.split()
    if not words:
        return set()
    last = max(len(words) - n, 0)
    return {tuple(words[start : start + n]) for start in range(last + 1)}


def minhash(items: set[int], a: list[int], b: list[int]) -> list[int]:
    """The smallest hash of the set under each x -> (a·x + b) mod P."""
    return [
        min(((factor * x + shift) % P for x in items), default=P)
        for factor, shift in zip(a, b, strict=True)
    ]


def similarity(first: list[int], second: list[int]) -> float:
    """The share of equal positions, an estimate of |S ∩ T| / |S ∪ T|."""
    equal = sum(x == y for x, y in zip(first, second, strict=True))
    return equal / len(first)


def candidate_pairs(
    signatures: list[list[int]], bands: int
) -> list[tuple[int, int]]:
    """The pairs (i, j), i < j, that agree in all rows of some band.

    A pair of similarity s is found with probability 1 − (1 − s^rows)^bands.
    """
    if len(signatures[0]) % bands:
        raise ValueError(f"{len(signatures[0])} rows do not make {bands} bands")
    rows = len(signatures[0]) // bands
    buckets: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for document, signature in enumerate(signatures):
        for band in range(bands):
            values = tuple(signature[band * rows : (band + 1) * rows])
            buckets[band, values].append(document)
    pairs: set[tuple[int, int]] = set()
    for documents in buckets.values():
        pairs.update(combinations(documents, 2))
    return sorted(pairs)
