"""Hidden tests of REINFORCE and RLOO: discounts far from one, groups of several sizes, uneven answers."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def answers(t: Tools, n: int, length: int):
    """Log-probabilities of the tokens, and a mask of answers that begin and end anywhere."""
    starts = torch.tensor([t.integer(0, 3) for _ in range(n)])
    ends = torch.tensor([t.integer(3, length + 1) for _ in range(n)])
    starts[0], ends[0], ends[1] = 0, length, 3
    positions = torch.arange(length)
    mask = (positions >= starts[:, None]) & (positions < ends[:, None])
    return t.randn(n, length, shift=-3.0), mask


@probe(en="returns_to_go: γ = 1 and others", zh="returns_to_go：γ = 1 与其他值", no_grad=True)
def returns(impl, t: Tools):
    rewards = t.randn(3, 6)
    return [
        impl.returns_to_go(rewards),
        impl.returns_to_go(rewards, 0.8),
        impl.returns_to_go(rewards, gamma=0.3),
        impl.returns_to_go(rewards, 0.0),
    ]


@probe(
    en="returns_to_go: a reward at the end alone, a single step",
    zh="returns_to_go：只有末尾有奖励；只有一步",
    no_grad=True,
)
def terminal_reward(impl, t: Tools):
    rewards = torch.zeros(2, 5)
    rewards[:, -1] = t.randn(2)
    return [impl.returns_to_go(rewards, 0.7), impl.returns_to_go(t.randn(4, 1), 0.5)]


@probe(en="rloo_advantages: groups of several sizes", zh="rloo_advantages：不同大小的组", no_grad=True)
def leave_one_out(impl, t: Tools):
    shapes = ((3, 5), (4, 2), (1, 7), (5, 5))
    return [impl.rloo_advantages(t.randn(*shape, scale=2.0, shift=1.5)) for shape in shapes]


@probe(
    en="rloo_advantages: rewards of 0 and 1, all alike",
    zh="rloo_advantages：0/1 奖励，全部相同",
    no_grad=True,
)
def right_or_wrong(impl, t: Tools):
    rewards = torch.tensor([[1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    return impl.rloo_advantages(rewards)


@probe(
    en="rloo_advantages: one answer is refused",
    zh="rloo_advantages：只有一个回答时报错",
    no_grad=True,
    dtypes=False,
)
def one_answer(impl, t: Tools):
    return t.raises(lambda: impl.rloo_advantages(torch.ones(3, 1)))


@probe(en="reinforce_loss: a return per token", zh="reinforce_loss：每个 token 一个 return")
def loss_per_token(impl, t: Tools):
    log_probs, mask = answers(t, 4, 6)
    returns = t.rand(4, 6, low=0.5, high=3.0)
    constant, per_answer, per_token = torch.tensor(-0.7), t.randn(4, 1), t.randn(4, 6, shift=-1.0)
    baselines = (torch.zeros(4, 6), constant, per_answer, per_token)
    return [impl.reinforce_loss(log_probs, returns, baseline, mask) for baseline in baselines]


@probe(en="reinforce_loss: a return per answer", zh="reinforce_loss：每个回答一个 return")
def loss_per_answer(impl, t: Tools):
    log_probs, mask = answers(t, 5, 7)
    returns, baseline = t.rand(5, 1, low=1.0, high=2.0), t.rand(5, 1, high=0.5)
    return impl.reinforce_loss(log_probs, returns, baseline, mask)


@probe(en="reinforce_loss: answers without tokens", zh="reinforce_loss：没有 token 的回答")
def empty_answers(impl, t: Tools):
    log_probs, mask = answers(t, 3, 5)
    mask[2] = False
    returns, baseline = t.rand(3, 5, low=1.0, high=2.0), torch.tensor(0.3)
    none = torch.zeros_like(mask)
    return [impl.reinforce_loss(log_probs, returns, baseline, chosen) for chosen in (mask, none)]


@probe(
    en="reinforce_loss: anything where the mask is False",
    zh="reinforce_loss：mask 为 False 处可以是任何值",
    dtypes=False,
)
def garbage_in_padding(impl, t: Tools):
    log_probs, mask = answers(t, 4, 7)
    mask[:, -2:] = False
    log_probs[:, -1], log_probs[:, -2] = -math.inf, -5000.0
    return impl.reinforce_loss(log_probs, t.randn(4, 7), t.randn(4, 1), mask)


@probe(en="Constants carry no graph", zh="常数不带计算图", no_grad=True, dtypes=False)
def constants(impl, t: Tools):
    rewards = t.randn(3, 4).requires_grad_()
    return [impl.returns_to_go(rewards, 0.9).requires_grad, impl.rloo_advantages(rewards).requires_grad]
