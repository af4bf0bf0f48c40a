"""`segment` against all segmentations of short texts."""

from __future__ import annotations

import itertools
import random

import pytest


def every_segmentation(text: str):
    for cuts in itertools.product((False, True), repeat=max(len(text) - 1, 0)):
        bounds = [0, *(place for place, cut in enumerate(cuts, start=1) if cut), len(text)]
        yield [text[start:end] for start, end in itertools.pairwise(bounds)]


def score(pieces: list[str], log_probs: dict[str, float], unknown_penalty: float) -> float:
    """The sum of logarithms; minus infinity where a piece of several characters is unknown."""
    unknown = min(log_probs.values()) - unknown_penalty
    return sum(log_probs.get(piece, unknown if len(piece) == 1 else float("-inf")) for piece in pieces)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("letters", ["ab", "abcd", "中文分词"])
def test_no_segmentation_is_better(reference, seed, letters):
    draw = random.Random(seed)
    text = "".join(draw.choices(letters, k=draw.randint(1, 11)))
    log_probs = {}
    for _ in range(draw.randint(1, 10)):
        log_probs["".join(draw.choices(letters, k=draw.randint(1, 4)))] = draw.uniform(-12, -1)
    penalty = draw.choice([0.5, 3.0, 10.0])
    pieces, total = reference("unigram-viterbi").segment(text, log_probs, penalty)
    assert "".join(pieces) == text
    assert score(pieces, log_probs, penalty) == pytest.approx(total)
    assert total == pytest.approx(max(score(cut, log_probs, penalty) for cut in every_segmentation(text)))
