"""The constraint against regular expressions: a token is allowed if some valid text goes on with it."""

from __future__ import annotations

import re
from itertools import product

import pytest
import torch

# (ab|b)*c, by hand: 0 at the start, 1 after an a, 2 at the end
TRANSITIONS = {0: {"a": 1, "b": 0, "c": 2}, 1: {"b": 0}}
PATTERN = re.compile(r"(ab|b)*c")
VOCABULARY = ["a", "b", "c", "ab", "ba", "bc", "cb", "abc", "aa", "</s>"]
EOS = 9
TEXTS = {
    "".join(text) for n in range(9) for text in product("abc", repeat=n) if PATTERN.fullmatch("".join(text))
}


@pytest.mark.parametrize("written", [[], [0], [1], [3], [4], [4, 1], [2], [3, 4, 5], [7]])
def test_allows_what_a_valid_text_goes_on_with(reference, written):
    constraint = reference("constrained-decoding").Constraint(TRANSITIONS, {2}, VOCABULARY, EOS)
    states = [0]
    for token in written:
        states = constraint.advance(states, torch.tensor([token]))
    prefix = "".join(VOCABULARY[token] for token in written)
    expected = [
        token
        for token, text in enumerate(VOCABULARY[:EOS])
        if any(valid.startswith(prefix + text) for valid in TEXTS)
    ]
    assert constraint.allowed(states[0]) == expected + [EOS] * (prefix in TEXTS)


@pytest.mark.parametrize("seed", range(10))
def test_sampled_texts_match_the_expression(reference, seed):
    constraint = reference("constrained-decoding").Constraint(TRANSITIONS, {2}, VOCABULARY, EOS)
    generator = torch.Generator().manual_seed(seed)
    states, rows = [0] * 8, [[] for _ in range(8)]
    for _ in range(200):
        probabilities = constraint.mask(torch.randn(8, 12, generator=generator), states).softmax(dim=-1)
        tokens = torch.multinomial(probabilities, 1, generator=generator)[:, 0]
        states = constraint.advance(states, tokens)
        for row, token in zip(rows, tokens.tolist(), strict=True):
            row.append(token)
    assert states == [None] * 8
    for row in rows:
        text = "".join(VOCABULARY[token] for token in row if token != EOS)
        assert PATTERN.fullmatch(text)
        assert set(row[row.index(EOS) :]) == {EOS}
