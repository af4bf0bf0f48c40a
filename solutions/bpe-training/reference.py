"""Byte-pair encoding: how merges are learnt (Sennrich et al. 2016, §3.2)."""

from collections import Counter
from itertools import pairwise

Pair = tuple[str, str]


def train_bpe(
    word_counts: dict[str, int], num_merges: int, min_frequency: int = 1
) -> list[Pair]:
    """Up to `num_merges` pairs of symbols, the most frequent one first."""
    # Every distinct word once: text repeats its words, counting need not.
    words = [(list(word), count) for word, count in word_counts.items()]
    merges: list[Pair] = []
    while len(merges) < num_merges:
        counts = _count_pairs(words)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < min_frequency:
            break
        merges.append(best)
        words = [(_merge(symbols, best), count) for symbols, count in words]
    return merges


def _count_pairs(words: list[tuple[list[str], int]]) -> Counter[Pair]:
    counts: Counter[Pair] = Counter()
    for symbols, count in words:
        for pair in pairwise(symbols):
            counts[pair] += count
    return counts


def _merge(symbols: list[str], pair: Pair) -> list[str]:
    """Join the pair wherever it stands, from left to right."""
    merged = []
    place = 0
    while place < len(symbols):
        if tuple(symbols[place : place + 2]) == pair:
            merged.append(pair[0] + pair[1])
            place += 2
        else:
            merged.append(symbols[place])
            place += 1
    return merged
