"""Extraction against `decimal.Decimal`, the vote against sorting."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest


def spelled(draw: random.Random, value: Decimal) -> str:
    """One of the spellings of a number."""
    text = format(value, draw.choice([",f", "f"]))
    if "." in text:
        return text + "0" * draw.randint(0, 3)
    return text + draw.choice(["", ".0", ".", ".00"])


@pytest.mark.parametrize("seed", range(40))
def test_every_spelling_is_the_same_number(reference, seed):
    draw = random.Random(seed)
    value = Decimal(draw.randint(-(10**9), 10**9)) / 10 ** draw.randint(0, 6)
    drill = reference("self-consistency")
    found = {
        drill.extract_answer(
            f"12 of 30. So the answer is {draw.choice(['', '$', 'about '])}{spelled(draw, value)}"
        )
        for _ in range(6)
    }
    (answer,) = found
    assert Decimal(answer) == value
    assert answer == format(value.normalize(), "f")


@pytest.mark.parametrize("seed", range(20))
def test_the_vote_equals_sorting(reference, seed):
    draw = random.Random(seed)
    answers = [draw.choice(["1", "2", "3", None]) for _ in range(10)]
    texts = [f"the answer is {answer or 'unknown'}" for answer in answers]
    given = [answer for answer in answers if answer]
    ranked = sorted(set(given), key=lambda answer: (-given.count(answer), given.index(answer)))
    expected = (ranked[0], given.count(ranked[0]) / 10) if given else (None, 0.0)
    assert reference("self-consistency").vote(texts) == expected
