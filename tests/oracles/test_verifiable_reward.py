"""The rule-based reward against brace matching by recursion, and values known from `decimal`."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest


def random_content(source: random.Random, depth: int) -> str:
    """Text in which unescaped braces are balanced, by construction."""
    pieces = []
    for _ in range(source.randint(0, 4)):
        kind = source.randint(0, 3 if depth else 1)
        if kind == 0:
            pieces.append(source.choice(["x", "12", " ", "+", "=", "\n"]))
        elif kind == 1:
            pieces.append(source.choice([r"\{", r"\}", r"\frac", r"\,", r"\%"]))
        else:
            pieces.append("{" + random_content(source, depth - 1) + "}")
    return "".join(pieces)


@pytest.mark.parametrize("seed", range(50))
def test_box_holds_what_was_put_in(reference, seed):
    source = random.Random(seed)
    first, last = random_content(source, 3), random_content(source, 3)
    text = r"a \boxed{" + first + r"} then {b} \boxed{" + last + r"} \} c {d}"
    module = reference("verifiable-reward")
    assert module.extract_boxed(text) == last
    assert module.extract_boxed(text + r" and \boxed{" + first) == last


@pytest.mark.parametrize("seed", range(50))
def test_numbers_have_the_value_that_decimal_reads(reference, seed):
    source = random.Random(seed)
    module = reference("verifiable-reward")
    whole, places = source.randint(0, 10**9), source.randint(0, 6)
    decimal = f"{whole:,}" + (f".{source.randint(0, 10**places - 1):0{places}d}" if places else "")
    sign = source.choice(["", "+", "-"])
    value = Decimal(sign + decimal.replace(",", ""))
    top, bottom = value.as_integer_ratio()
    assert module.same_answer(sign + decimal, f"{top}/{bottom}")
    assert module.same_answer(rf"$\frac{{{top}}}{{{bottom}}}$", sign + decimal)
    assert module.same_answer(rf"{sign}{decimal}\%", f"{top}/{bottom * 100}")
    assert not module.same_answer(sign + decimal, f"{top + 1}/{bottom}")


@pytest.mark.parametrize(
    "text", ["", "}", "{", r"\boxed{", "<answer>", "</answer>", "\\", "<answer>1/0</answer>"]
)
def test_reward_is_a_number_whatever_the_text(reference, text):
    assert reference("verifiable-reward").verifiable_reward(text, "1") == 0.0
