"""Corpus BLEU (Papineni et al. 2002, §2) and ROUGE-L (Lin 2004, §3)."""

import math
from collections import Counter

Tokens = list[str]
ORDERS = range(1, 5)


def corpus_bleu(
    candidates: list[Tokens], references: list[list[Tokens]]
) -> float:
    """BLEU-4 without smoothing, 0 to 1; all counts are of the whole corpus."""
    matches: Counter[int] = Counter()  # by n
    totals: Counter[int] = Counter()
    length = reference_length = 0
    for candidate, texts in zip(candidates, references, strict=True):
        length += len(candidate)
        reference_length += _closest_length(len(candidate), texts)
        for n in ORDERS:
            found = _ngrams(candidate, n)
            limit: Counter[tuple[str, ...]] = Counter()
            for text in texts:
                limit |= _ngrams(text, n)  # the largest count of each
            matches[n] += (found & limit).total()  # clipped
            totals[n] += found.total()
    if not all(matches[n] for n in ORDERS):
        return 0.0
    log_precision = sum(math.log(matches[n] / totals[n]) for n in ORDERS) / 4
    log_penalty = min(0.0, 1 - reference_length / length)
    return math.exp(log_penalty + log_precision)


def _ngrams(tokens: Tokens, n: int) -> Counter[tuple[str, ...]]:
    starts = range(len(tokens) - n + 1)
    return Counter(tuple(tokens[start : start + n]) for start in starts)


def _closest_length(length: int, texts: list[Tokens]) -> int:
    """The shorter one of two that are equally close."""
    return min((abs(len(text) - length), len(text)) for text in texts)[1]


def rouge_l(candidate: Tokens, reference: Tokens) -> float:
    """F1 of the longest common subsequence."""
    common = _common_subsequence(candidate, reference)
    if common == 0:
        return 0.0
    precision, recall = common / len(candidate), common / len(reference)
    return 2 * precision * recall / (precision + recall)


def _common_subsequence(first: Tokens, second: Tokens) -> int:
    """Length of the longest one, by dynamic programming row by row."""
    above = [0] * (len(second) + 1)
    for x in first:
        row = [0]
        for j, y in enumerate(second):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
        above = row
    return above[-1]
