"""Hidden tests of `mixed_groups` and `dapo_loss`: clips of two widths, groups that teach and that do not."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def answers(t: Tools, prompts: int, group_size: int, length: int, spread: float = 0.4):
    """Log-probabilities, rewards of mixed groups, and a mask; good answers are short and few.

    Otherwise the sum over tokens would cancel to what bfloat16 has lost.
    """
    n = prompts * group_size
    old = t.randn(n, length, shift=-3.0)
    rewards = t.rand(prompts, group_size, low=-1.0, high=-0.5)
    rewards[:, 0] = t.rand(prompts, low=1.0, high=3.0)
    lengths = torch.tensor([t.integer(length // 2, length + 1) for _ in range(n)]).view(prompts, group_size)
    lengths[:, 0], lengths[0, 1] = torch.arange(prompts) % 2 + 1, length
    mask = torch.arange(length) < lengths.view(-1, 1)
    return old + t.randn(n, length, scale=spread), old, rewards.view(-1), mask


@probe(en="dapo_loss: the defaults", zh="dapo_loss：默认参数")
def values(impl, t: Tools):
    return impl.dapo_loss(*answers(t, 2, 4, 7), 4)


@probe(en="dapo_loss: other ε above and below", zh="dapo_loss：其他上下界 ε")
def other_epsilon(impl, t: Tools):
    arguments = answers(t, 3, 3, 6)
    pairs = ((0.05, 0.6), (0.6, 0.05), (0.3, 0.3))
    return [impl.dapo_loss(*arguments, 3, low, high) for low, high in pairs]


@probe(
    en="Below, within, above the clip, times positive and negative advantage",
    zh="低于、处于、高于 clip 区间 × 正、负优势",
)
def every_case(impl, t: Tools):
    ratios = torch.tensor([0.5, 0.85, 0.95, 1.1, 1.25, 1.7])
    old, mask = t.randn(2, 6, shift=-2.0), torch.zeros(2, 2, 6, dtype=torch.bool)
    mask[0, 0], mask[0, 1, 0], mask[1, 1], mask[1, 0, 0] = True, True, True, True
    rewards = torch.tensor([1.0, 0.0])
    return [impl.dapo_loss(old + ratios.log(), old, rewards, chosen, 2, 0.2, 0.4) for chosen in mask]


@probe(en="dapo_loss: groups of equal rewards are dropped", zh="dapo_loss：奖励全相同的组被丢掉")
def dropped(impl, t: Tools):
    new, old, rewards, mask = answers(t, 4, 3, 6)
    rewards[3:6], rewards[9:] = -0.9, 0.0  # in float32 the mean of three −0.9 is not −0.9
    return [impl.dapo_loss(new, old, rewards, mask, 3), impl.dapo_loss(new, old, rewards, mask, 6)]


@probe(en="dapo_loss: nothing is left, or a single token", zh="dapo_loss：一个也不剩，或只剩一个 token")
def nothing_left(impl, t: Tools):
    new, old, rewards, mask = answers(t, 2, 3, 5, spread=0.05)
    alike, none = torch.tensor([1.0, 1.0, 1.0, -0.9, -0.9, -0.9]), torch.zeros_like(mask)
    one = none.clone()
    one[4, 2] = True
    return [
        impl.dapo_loss(new, old, alike, mask, 3),
        impl.dapo_loss(new, old, rewards, none, 3),
        impl.dapo_loss(new, old, rewards, one, 3),
    ]


@probe(en="dapo_loss: other eps; as many answers as tokens", zh="dapo_loss：其他 eps；回答数等于 token 数")
def other_eps(impl, t: Tools):
    new, old, rewards, mask = answers(t, 2, 3, 6)
    return [impl.dapo_loss(new, old, rewards, mask, 3, eps=eps) for eps in (0.5, 0.0, 1e-4)]


@probe(en="mixed_groups", zh="mixed_groups", no_grad=True)
def mixed(impl, t: Tools):
    rewards = torch.tensor([1.0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0.5, 0.5, 0.5, -1, -1, 1])
    return [impl.mixed_groups(rewards, size) for size in (2, 3, 6, 9)]


@probe(en="Anything at all where the mask is False", zh="mask 为 False 处可以是任何值", dtypes=False)
def garbage_in_padding(impl, t: Tools):
    new, old, rewards, mask = answers(t, 2, 3, 7)
    mask[:, -3:] = False
    garbage = ((0.0, -5000.0), (-math.inf, -math.inf), (-5000.0, 0.0))
    for column, (after, before) in zip((4, 5, 6), garbage, strict=True):
        new[:, column], old[:, column] = after, before
    return impl.dapo_loss(new, old, rewards, mask, 3)


@probe(en="Answers left over are refused", zh="回答数不是整数倍时报错", no_grad=True, dtypes=False)
def left_over(impl, t: Tools):
    new, old, rewards, mask = answers(t, 2, 3, 4)
    return [
        t.raises(lambda: impl.mixed_groups(rewards, 4)),
        t.raises(lambda: impl.dapo_loss(new, old, rewards, mask, 5)),
    ]
