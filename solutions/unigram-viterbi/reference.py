"""Unigram language model tokenisation (Kudo 2018, §3.2) by Viterbi."""

import math


def segment(
    text: str, log_probs: dict[str, float], unknown_penalty: float = 10.0
) -> tuple[list[str], float]:
    """The likeliest pieces of `text`, and their log-probability.

    What stands before the last piece of a best segmentation is segmented in the
    best way itself, so one score per prefix is all that must be known.
    """
    unknown = min(log_probs.values()) - unknown_penalty
    longest = max(map(len, log_probs))
    best = [0.0] + [-math.inf] * len(text)  # by where the prefix ends
    begin = [0] * (len(text) + 1)  # of the last piece of that prefix
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            otherwise = unknown if end - start == 1 else -math.inf
            score = best[start] + log_probs.get(text[start:end], otherwise)
            if score > best[end]:
                best[end], begin[end] = score, start
    return _pieces(text, begin), best[-1]


def _pieces(text: str, begin: list[int]) -> list[str]:
    """Read the last piece, then the last piece of what stands before it."""
    pieces = []
    end = len(text)
    while end > 0:
        pieces.append(text[begin[end] : end])
        end = begin[end]
    return pieces[::-1]
