"""Every computed question, with every combination of its numbers, can be asked, worked out and answered."""

from __future__ import annotations

import itertools
import math
import random
import re

import pytest

from llmprep.calc.quantity import parse_quantity, within
from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Question
from llmprep.practice.quiz import Drawn, draw_numbers

CATALOGUE = Catalogue.open()
MODELS = CATALOGUE.models()
COMPUTED = [
    question
    for name in CATALOGUE.ordered_ids("question")
    if (question := CATALOGUE.question(name)).kind == "computed"
]


class Fixed(random.Random):
    """Draws what it is told to, in order."""

    def __init__(self, chosen: tuple[object, ...]):
        super().__init__(0)
        self._chosen = iter(chosen)

    def choice(self, seq):  # type: ignore[no-untyped-def]
        wanted = next(self._chosen)
        assert wanted in seq
        return wanted


def every_draw(question: Question) -> list[Drawn]:
    combinations = itertools.product(*question.vary.values())
    return [draw_numbers(question, Fixed(values), MODELS) for values in combinations]


def test_there_are_many() -> None:
    assert len(COMPUTED) >= 60


@pytest.mark.parametrize("question", COMPUTED, ids=lambda question: question.id)
def test_every_combination_can_be_answered(question: Question) -> None:
    draws = every_draw(question)
    assert len(draws) == math.prod(map(len, question.vary.values()))
    for drawn in draws:
        for text in (drawn.ask.en, drawn.ask.zh):
            assert not re.search(r"[{}]", text), text
        assert math.isfinite(drawn.expected) and drawn.expected != 0, drawn
        for typed in (f"{drawn.expected:.4g}", f"{drawn.expected:,.3f}", f"{drawn.expected:.6e}"):
            if abs(drawn.expected) < 0.1 and "e" not in typed:
                continue  # three decimals say too little of it
            given = parse_quantity(f"{typed} {drawn.unit or ''}", drawn.unit)
            assert given is not None, (typed, drawn.unit)
            assert within(given, drawn.expected, question.tolerance), (typed, drawn.expected)
        for wrong in (drawn.expected * 2, drawn.expected / 2, drawn.expected * 1000):
            assert not within(wrong, drawn.expected, question.tolerance)


def test_numbers_vary() -> None:
    """The same question again has another result: remembering it does not help."""
    for question in COMPUTED:
        results = {round(drawn.expected, 9) for drawn in every_draw(question)}
        assert len(results) > 1, question.id
