"""`speculative_step` leaves the target's law as it is: an exact proof by enumeration.

The draft's probabilities are 1/4 or 1/2, the target's whole quarters, so each acceptance has probability 0,
1/2 or 1; then the uniforms 1/4 and 3/4, equally likely, stand for all.
"""

from __future__ import annotations

import itertools
import math

import pytest
import torch

VOCABULARY, DRAFTED = 3, 3
DRAFTS = [[1, 1, 2], [1, 2, 1], [2, 1, 1]]
TARGETS = [[4, 0, 0], [2, 1, 1], [0, 3, 1], [1, 1, 2], [2, 2, 0], [0, 1, 3], [1, 2, 1]]


def law(table: list[list[int]], seed: int, prefix: tuple[int, ...]) -> list[float]:
    """The distribution of the token after `prefix`."""
    row = table[
        (seed + sum((place + 2) ** 2 * (token + 1) for place, token in enumerate(prefix))) % len(table)
    ]
    return [weight / 4 for weight in row]


def probability(table: list[list[int]], seed: int, tokens: tuple[int, ...]) -> float:
    return math.prod(law(table, seed, tokens[:i])[token] for i, token in enumerate(tokens))


@pytest.mark.parametrize("seed", range(7))
def test_what_comes_out_has_exactly_the_law_of_the_target(reference, seed):
    verify = reference("speculative-decoding").verify
    found = dict.fromkeys(itertools.product(range(VOCABULARY), repeat=DRAFTED + 1), 0.0)
    for tokens in itertools.product(range(VOCABULARY), repeat=DRAFTED):
        drafted = probability(DRAFTS, seed, tokens)
        target = torch.tensor([law(TARGETS, seed, tokens[:i]) for i in range(DRAFTED + 1)]).double()
        draft = torch.tensor([law(DRAFTS, seed, tokens[:i]) for i in range(DRAFTED)]).double()
        for uniforms in itertools.product((0.25, 0.75), repeat=DRAFTED):
            n, following = verify(target, draft, torch.tensor(tokens), torch.tensor(uniforms).double())
            weight = drafted / 2**DRAFTED
            for whole in found:  # what was accepted, the new token, and what the target says later
                if whole[:n] == tokens[:n]:
                    rest = math.prod(
                        law(TARGETS, seed, whole[:i])[whole[i]] for i in range(n + 1, DRAFTED + 1)
                    )
                    found[whole] += weight * float(following[whole[n]]) * rest
    assert found == pytest.approx({whole: probability(TARGETS, seed, whole) for whole in found}, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_a_token_is_accepted_as_often_as_the_two_laws_overlap(reference, seed):
    generator = torch.Generator().manual_seed(seed)
    p, q = torch.randn(2, 6, generator=generator, dtype=torch.float64).softmax(dim=-1)
    grid = (torch.arange(2000, dtype=torch.float64) + 0.5) / 2000
    verify = reference("speculative-decoding").verify
    accepted = 0.0
    for token in range(6):
        target = torch.stack((p, p))
        counts = [verify(target, q[None], torch.tensor([token]), u[None])[0] for u in grid[::20]]
        accepted += float(q[token]) * sum(counts) / len(counts)
    assert accepted == pytest.approx(float(torch.minimum(p, q).sum()), abs=0.02)


def test_a_step_draws_what_verify_says(reference):
    module = reference("speculative-decoding")
    target = torch.tensor([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    generator = torch.Generator().manual_seed(0)
    sure = module.speculative_step(target, target[:1], torch.tensor([1]), generator)
    never = module.speculative_step(target[[1, 0]], target[:1], torch.tensor([0]), generator)
    assert (sure, never) == ([1, 2], [2])
