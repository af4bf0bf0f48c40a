"""Hidden tests of `gae`: γ and λ far from one and from each other, episodes that end inside a row.

The results carry no graph, so there are no gradients to compare.
"""

import torch

from llmprep.judge.probes import Tools, probe


def rollout(t: Tools, size: int, steps: int):
    """Rewards, values, the value after the last step, and no end of an episode."""
    rewards, values = t.randn(size, steps), t.randn(size, steps, scale=2.0)
    return rewards, values, t.randn(size, scale=3.0), torch.zeros(size, steps, dtype=torch.bool)


@probe(en="One long episode, cut off at the end", zh="一个长 episode，在末尾被截断", no_grad=True)
def cut_off(impl, t: Tools):
    return impl.gae(*rollout(t, 3, 7), 0.8, 0.6)


@probe(en="The default γ and λ", zh="默认的 γ 和 λ", no_grad=True)
def defaults(impl, t: Tools):
    return impl.gae(*rollout(t, 2, 9))


@probe(en="Episodes that end inside", zh="在中间结束的 episode", no_grad=True)
def ends_inside(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 4, 8)
    dones[0, 3] = True
    dones[1, [1, 5]] = True
    dones[2, [4, 5, 6]] = True
    return impl.gae(rewards, values, last, dones, 0.9, 0.7)


@probe(
    en="Episodes that end with the last step, or the first",
    zh="在最后一步或第一步结束的 episode",
    no_grad=True,
)
def ends_at_the_borders(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 4, 5)
    dones[0, -1] = True
    dones[1, 0] = True
    dones[2, [0, -1]] = True
    return impl.gae(rewards, values, last, dones, 0.7, 0.9)


@probe(en="λ = 0, λ = 1, γ = 0, γ = 1", zh="λ = 0、λ = 1、γ = 0、γ = 1", no_grad=True)
def extremes(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 3, 6)
    dones[1, 2] = True
    pairs = [(0.9, 0.0), (0.9, 1.0), (0.0, 0.5), (1.0, 0.5), (1.0, 1.0)]
    return [impl.gae(rewards, values, last, dones, gamma, lam) for gamma, lam in pairs]


@probe(en="A reward at the end alone, as in RLHF", zh="只有末尾有奖励，如 RLHF", no_grad=True)
def terminal_reward(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 2, 6)
    rewards = torch.zeros(2, 6)
    rewards[:, -1] = t.randn(2)
    dones[:, -1] = True
    return impl.gae(rewards, values, last, dones, gamma=1.0, lam=0.9)


@probe(en="A single step", zh="只有一步", no_grad=True)
def single_step(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 3, 1)
    dones[1, 0] = True
    return impl.gae(rewards, values, last, dones, 0.6, 0.8)


@probe(en="The results carry no graph", zh="结果不带计算图", no_grad=True, dtypes=False)
def constants(impl, t: Tools):
    rewards, values, last, dones = rollout(t, 2, 4)
    advantages, returns = impl.gae(rewards, values.requires_grad_(), last.requires_grad_(), dones)
    return [advantages.requires_grad, returns.requires_grad]
