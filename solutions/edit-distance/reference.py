"""Edit distance (Levenshtein 1966) by rows (Wagner and Fischer 1974)."""

from collections.abc import Sequence
from typing import Any


def edit_distance(a: Sequence[Any], b: Sequence[Any]) -> int:
    """The least number of insertions, deletions and substitutions from a to b.

    Row i holds the distances of the first i elements of a to all prefixes
    of b. Time O(|a|·|b|), memory O(|b|).
    """
    previous = list(range(len(b) + 1))  # from nothing: insert
    for i, x in enumerate(a, start=1):
        current = [i]  # to nothing: delete
        for j, y in enumerate(b, start=1):
            deletion, insertion = previous[j] + 1, current[j - 1] + 1
            substitution = previous[j - 1] + (x != y)
            current.append(min(deletion, insertion, substitution))
        previous = current
    return previous[-1]


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Edits of words over the number of words of the reference.

    Raises:
        ValueError: if the reference has no word.
    """
    return corpus_word_error_rate([reference], [hypothesis])


def corpus_word_error_rate(
    references: list[str], hypotheses: list[str]
) -> float:
    """Edits of all pairs over the words of all references.

    Raises:
        ValueError: if the references have no word.
    """
    edits, words = 0, 0
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        edits += edit_distance(reference.split(), hypothesis.split())
        words += len(reference.split())
    if words == 0:
        raise ValueError("without a reference word there is no error rate")
    return edits / words
