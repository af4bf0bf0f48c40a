"""`wordpiece` against a regular expression that is greedy in the same way, over vocabularies of any shape."""

from __future__ import annotations

import random
import re

import pytest


def by_regular_expression(word: str, vocab: set[str]) -> list[str]:
    """Possessive alternation, the longest piece first: what matched is never given back."""
    by_length = sorted(vocab, key=len, reverse=True)
    plain = [re.escape(piece) for piece in by_length if not piece.startswith("##")]
    later = [re.escape(piece[2:]) for piece in by_length if piece.startswith("##")]
    first = re.match("|".join(plain), word) if plain else None
    if first is None or not first.group():
        return ["[UNK]"]
    pieces, start = [first.group()], first.end()
    while start < len(word):
        match = re.compile("|".join(later)).match(word, start) if later else None
        if match is None:
            return ["[UNK]"]
        pieces.append("##" + match.group())
        start = match.end()
    return pieces


@pytest.mark.parametrize("seed", range(20))
def test_equals_a_greedy_regular_expression(reference, seed):
    draw = random.Random(seed)
    alphabet = draw.choice(["ab", "abc", "中文字", "aé🙂"])
    vocab = {
        draw.choice(("", "##")) + "".join(draw.choices(alphabet, k=draw.randint(1, 4))) for _ in range(25)
    }
    words = ["".join(draw.choices(alphabet, k=draw.randint(1, 9))) for _ in range(60)]
    expected = [piece for word in words for piece in by_regular_expression(word, vocab)]
    assert "[UNK]" in expected or len(expected) > len(words)
    assert reference("wordpiece").wordpiece(" ".join(words), vocab) == expected


def test_pieces_spell_the_word(reference):
    draw = random.Random(7)
    vocab = {*"abc", "##a", "##b", "##c", "abc", "##bca", "##ab"}
    for _ in range(100):
        word = "".join(draw.choices("abc", k=draw.randint(1, 12)))
        pieces = reference("wordpiece").wordpiece(word, vocab)
        assert "".join(piece.removeprefix("##") for piece in pieces) == word
        assert all(piece in vocab for piece in pieces)
