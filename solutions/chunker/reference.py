"""Chunks of whole sentences with overlap, as spans of the text."""

import re
from itertools import pairwise

Span = tuple[int, int]

SENTENCE_END = re.compile(
    r"(?:[。！？]|[.!?](?=\s|\Z))"  # 3.14 and v2.0 go on
    r"(?![.!?。！？])"  # ?! is one end
    r"\s*"
)


def chunk(text: str, size: int, overlap: int = 0) -> list[Span]:
    """Spans (start, end) of at most `size` characters."""
    if not 0 <= overlap < size:
        raise ValueError(f"overlap {overlap} is not below the size {size}")
    spans = _pieces(_sentences(text), size)
    chunks: list[Span] = []
    first = new = 0  # of this chunk; of those that no chunk has yet
    while new < len(spans):
        while new < len(spans) and spans[new][1] - spans[first][0] <= size:
            new += 1
        end = spans[new - 1][1]
        chunks.append((spans[first][0], end))
        if new == len(spans):
            break
        first = new
        # back over whole sentences, while the next one still fits behind
        while (
            end - spans[first - 1][0] <= overlap
            and spans[new][1] - spans[first - 1][0] <= size
        ):
            first -= 1
    return chunks


def _sentences(text: str) -> list[Span]:
    """Spans that touch each other and cover the text."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return list(pairwise([0, *ends, len(text)]))  # the last may be empty


def _pieces(spans: list[Span], size: int) -> list[Span]:
    """The same, cut wherever one is longer than `size`; no empty ones."""
    return [
        (place, min(place + size, end))
        for start, end in spans
        for place in range(start, end, size)
    ]
