"""`grpo_advantages` against the statistics module of Python, group by group."""

from __future__ import annotations

import statistics

import pytest
import torch


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("prompts", "group_size"), [(3, 5), (5, 2), (1, 8)])
@pytest.mark.parametrize("scale", [True, False])
def test_equals_the_statistics_of_each_group(reference, seed, prompts, group_size, scale):
    generator = torch.Generator().manual_seed(seed)
    rewards = torch.randn(prompts * group_size, generator=generator, dtype=torch.float64) * 3 + 1
    ours = reference("grpo-advantages").grpo_advantages(rewards, group_size, 1e-3, scale)
    expected = []
    for prompt in range(prompts):
        group = rewards[prompt * group_size : (prompt + 1) * group_size].tolist()
        mean, spread = statistics.mean(group), statistics.stdev(group) + 1e-3 if scale else 1.0
        expected += [(reward - mean) / spread for reward in group]
    torch.testing.assert_close(ours, torch.tensor(expected, dtype=torch.float64), rtol=1e-10, atol=1e-12)


def test_groups_sum_to_zero_and_equal_rewards_teach_nothing(reference):
    rewards = torch.tensor([1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    advantages = reference("grpo-advantages").grpo_advantages(rewards, 4).view(3, 4)
    assert torch.equal(advantages[1:], torch.zeros(2, 4))
    assert advantages[0].sum().abs() < 1e-6
    assert (advantages[0] > 0).tolist() == [True, False, False, True]
