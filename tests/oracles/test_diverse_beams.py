"""`diverse_beam_search` against plain beam search, and against brute force with places for everything."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
import torch

BOS = 1


def model(seed: int, vocabulary: int):
    """A step function whose answer depends on the whole prefix."""
    generator = torch.Generator().manual_seed(seed)
    table = torch.randn(101, vocabulary, generator=generator).log_softmax(dim=-1)

    def step(prefixes):
        weights = torch.arange(3, 3 + prefixes.size(1)) ** 2
        return table[((prefixes + 1) * weights).sum(dim=1) % 101]

    return step


def total(step, tokens: list[int]) -> float:
    return sum(float(step(torch.tensor([tokens[:n]]))[0, tokens[n]]) for n in range(1, len(tokens)))


@pytest.mark.parametrize("seed", range(6))
def test_the_first_group_is_plain_beam_search(reference, seed):
    step, vocabulary = model(seed, 6), 6
    grouped = reference("diverse-beams").diverse_beam_search(step, BOS, 6, 3, 4, 0.7)
    found = reference("beam-search").beam_search(step, BOS, vocabulary, 2, 4, 0.0)  # no token is its eos
    assert [tokens for tokens, _ in grouped[0]] == [tokens for tokens, _ in found]
    assert [score for _, score in grouped[0]] == pytest.approx([score for _, score in found])
    for group in grouped:
        for tokens, score in group:
            assert score == pytest.approx(total(step, tokens), abs=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_groups_of_one_by_hand(reference, seed):
    """Each group is greedy on log-probabilities minus what the groups before have chosen at this place."""
    step, strength, length = model(seed, 7), 0.9, 4
    rows = [[BOS] for _ in range(3)]
    for _ in range(length):
        chosen: Counter[int] = Counter()
        for row in rows:
            log_p = step(torch.tensor([row]))[0].tolist()
            row.append(max(range(7), key=lambda v: log_p[v] - strength * chosen[v]))
            chosen[row[-1]] += 1
    found = reference("diverse-beams").diverse_beam_search(step, BOS, 3, 3, length, strength)
    assert [tokens for ((tokens, _),) in found] == rows


def test_with_places_for_all_every_group_finds_every_sequence(reference):
    step = model(0, 3)
    everything = {(BOS, *tokens) for tokens in itertools.product(range(3), repeat=3)}
    for group in reference("diverse-beams").diverse_beam_search(step, BOS, 54, 2, 3, 5.0):
        assert {tuple(tokens) for tokens, _ in group} == everything
        assert [score for _, score in group] == sorted((score for _, score in group), reverse=True)
