from functools import cache


def edit_distance(a, b):
    """Shortest path over prefixes; equal elements are free."""

    def slide(i, j):
        while i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1
        return i, j

    frontier, seen, steps = {slide(0, 0)}, set(), 0
    while (len(a), len(b)) not in frontier:
        seen |= frontier
        moves = set()
        for i, j in frontier:
            if i < len(a):
                moves.add(slide(i + 1, j))
            if j < len(b):
                moves.add(slide(i, j + 1))
            if i < len(a) and j < len(b):
                moves.add(slide(i + 1, j + 1))
        frontier = moves - seen
        steps += 1
    return steps


@cache
def count(sentence):
    return len(sentence.split())


def word_error_rate(reference, hypothesis):
    return corpus_word_error_rate((reference,), (hypothesis,))


def corpus_word_error_rate(references, hypotheses):
    words = sum(count(r) for r in references)
    if words == 0:
        raise ValueError
    edits = 0
    for r, h in zip(references, hypotheses, strict=True):
        edits += edit_distance(r.split(), h.split())
    return edits / words
