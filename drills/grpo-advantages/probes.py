"""Hidden tests of `grpo_advantages`: groups apart in level and spread, more of them than answers or fewer.

Rewards carry no graph, so there are no gradients to compare.
"""

import torch

from llmprep.judge.probes import Tools, probe


def rewards_of(t: Tools, prompts: int, group_size: int):
    """Groups with means and spreads of their own."""
    level, spread = t.randn(prompts, 1, scale=3.0), t.rand(prompts, 1, low=0.2, high=2.0)
    return (level + spread * t.randn(prompts, group_size)).reshape(-1)


@probe(en="Several groups", zh="若干组", no_grad=True)
def values(impl, t: Tools):
    return [impl.grpo_advantages(rewards_of(t, p, g), g) for p, g in ((3, 5), (6, 4), (1, 7))]


@probe(en="Without the division", zh="不做除法", no_grad=True)
def unscaled(impl, t: Tools):
    return impl.grpo_advantages(rewards_of(t, 3, 4), 4, scale=False)


@probe(en="Two answers per prompt", zh="每个 prompt 两个回答", no_grad=True)
def pairs(impl, t: Tools):
    return impl.grpo_advantages(rewards_of(t, 4, 2), 2)


@probe(
    en="Rewards of 0 and 1, and groups all right or all wrong",
    zh="0/1 奖励，以及全对、全错的组",
    no_grad=True,
)
def right_or_wrong(impl, t: Tools):
    groups = t.randint(0, 2, 5, 6).float()
    groups[:, 0], groups[:, 1] = 0.0, 1.0
    groups[1], groups[3] = 1.0, 0.0
    rewards = groups.reshape(-1)
    return [impl.grpo_advantages(rewards, 6, scale=scale) for scale in (True, False)]


# in bfloat16 such rewards are hardly different
@probe(
    en="Other eps, and rewards that hardly differ",
    zh="其他 eps，以及几乎相同的奖励",
    no_grad=True,
    dtypes=False,
)
def other_eps(impl, t: Tools):
    wide, narrow = rewards_of(t, 2, 5), t.randn(10, scale=1e-4)
    return [
        impl.grpo_advantages(wide, 5, eps=0.5),
        impl.grpo_advantages(wide, 5, 0.0),
        impl.grpo_advantages(narrow, 5),
    ]


@probe(en="Groups of a single answer", zh="每组只有一个回答", no_grad=True)
def single_answers(impl, t: Tools):
    return [impl.grpo_advantages(t.randn(4), 1, scale=scale) for scale in (True, False)]


@probe(en="Rewards left over are refused", zh="奖励个数不是整数倍时报错", no_grad=True, dtypes=False)
def left_over(impl, t: Tools):
    return [t.raises(lambda n=n: impl.grpo_advantages(torch.ones(n), 4)) for n in (7, 2, 9)]
