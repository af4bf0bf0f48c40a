"""`beam_search` against all sequences by brute force, and against greedy search."""

from __future__ import annotations

import itertools

import pytest
import torch

BOS, EOS = 0, 1


def model(seed: int, vocabulary: int):
    """A step function whose answer depends on the whole prefix."""
    generator = torch.Generator().manual_seed(seed)
    table = torch.randn(101, vocabulary, generator=generator, dtype=torch.float64).log_softmax(dim=-1)

    def step(prefixes):
        weights = torch.arange(3, 3 + prefixes.size(1)) ** 2
        return table[((prefixes + 1) * weights).sum(dim=1) % 101]

    return step


def total(step, tokens: tuple[int, ...]) -> float:
    """The log-probability of `tokens` after BOS."""
    prefix, result = [BOS], 0.0
    for token in tokens:
        result += float(step(torch.tensor([prefix]))[0, token])
        prefix.append(token)
    return result


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("penalty", [0.0, 0.7, 1.0, 2.5])
def test_with_enough_beams_it_finds_the_best_of_all_sequences(reference, seed, penalty):
    vocabulary, longest = 3, 4
    step = model(seed, vocabulary)
    finished = [
        tokens
        for n in range(1, longest + 1)
        for tokens in itertools.product(range(vocabulary), repeat=n)
        if EOS not in tokens[:-1] and (tokens[-1] == EOS or n == longest)
    ]
    scored = [([BOS, *tokens], total(step, tokens) / len(tokens) ** penalty) for tokens in finished]
    scored.sort(key=lambda pair: -pair[1])
    found = reference("beam-search").beam_search(step, BOS, EOS, 200, longest, penalty)
    assert [tokens for tokens, _ in found] == [tokens for tokens, _ in scored]
    assert [score for _, score in found] == pytest.approx([score for _, score in scored])


@pytest.mark.parametrize("seed", range(6))
def test_one_beam_is_greedy_search(reference, seed):
    step, tokens = model(seed, 5), [BOS]
    while len(tokens) <= 8 and (len(tokens) == 1 or tokens[-1] != EOS):
        tokens.append(int(step(torch.tensor([tokens])).argmax()))
    ((found, score),) = reference("beam-search").beam_search(step, BOS, EOS, 1, 8)
    assert found == tokens
    assert score == pytest.approx(total(step, tuple(tokens[1:])) / (len(tokens) - 1))


def test_two_beams_avoid_a_trap_of_greedy_search(reference):
    probabilities = {
        (BOS,): [0.0, 0.0, 0.6, 0.4],
        (BOS, 2): [0.0, 0.34, 0.33, 0.33],
        (BOS, 3): [0.0, 0.9, 0.05, 0.05],
    }

    def step(prefixes):
        return torch.tensor([probabilities[tuple(prefix)] for prefix in prefixes.tolist()]).log()

    beam_search = reference("beam-search").beam_search
    assert beam_search(step, BOS, EOS, 1, 2)[0][0] == [BOS, 2, EOS]
    assert beam_search(step, BOS, EOS, 2, 2)[0][0] == [BOS, 3, EOS]
