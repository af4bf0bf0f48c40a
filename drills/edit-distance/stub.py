from collections.abc import Sequence
from typing import Any


def edit_distance(a: Sequence[Any], b: Sequence[Any]) -> int:
    """The least number of insertions, deletions and substitutions from a to b."""
    raise NotImplementedError


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Edits of words over the number of words of the reference."""
    raise NotImplementedError


def corpus_word_error_rate(references: list[str], hypotheses: list[str]) -> float:
    """Edits of all pairs over the words of all references."""
    raise NotImplementedError
