"""`kl_shaped_reward` against the objective of InstructGPT, which its rewards must add up to."""

from __future__ import annotations

import pytest
import torch


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("beta", [0.0, 0.02, 0.7])
def test_adds_up_to_the_objective_of_the_paper(reference, seed, beta):
    generator = torch.Generator().manual_seed(seed)
    new, other = (torch.randn(5, 7, generator=generator, dtype=torch.float64) for _ in range(2))
    scores = torch.randn(5, generator=generator, dtype=torch.float64)
    mask = torch.rand(5, 7, generator=generator) < 0.6
    mask[:, 3], mask[4] = True, False
    rewards = reference("kl-shaped-reward").kl_shaped_reward(scores, new, other, mask, beta)
    assert torch.equal(rewards[~mask], torch.zeros_like(rewards[~mask]))
    for row in range(4):
        places = mask[row].nonzero().flatten().tolist()
        policy, frozen = (sum(values[row, t].item() for t in places) for values in (new, other))
        expected = scores[row].item() - beta * (policy - frozen)
        assert rewards[row].sum().item() == pytest.approx(expected, abs=1e-12)
        for t in places[:-1]:
            penalty = -beta * (new[row, t] - other[row, t]).item()
            assert rewards[row, t].item() == pytest.approx(penalty, abs=1e-12)
