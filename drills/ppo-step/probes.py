"""Hidden tests of `ppo_step`: tables far apart, answers anywhere in the row, rates that leave the clip.

Everything is returned without a graph, so there are no gradients to compare; float32 alone is asked for.
"""

import torch

from llmprep.judge.probes import Tools, probe


def models(t: Tools, vocabulary: int):
    """A policy, a critic, and a reference from which the policy has moved."""
    policy = t.randn(vocabulary, vocabulary)
    return policy, t.randn(vocabulary, scale=0.8), policy + t.randn(vocabulary, vocabulary, scale=0.6)


def rollout(t: Tools, vocabulary: int, rows: list[str]):
    """Sampled ids, a mask from strings in which # is a token of the answer, and a score per answer."""
    mask = torch.tensor([[mark == "#" for mark in row] for row in rows])
    return t.randint(0, vocabulary, *mask.shape), mask, t.randn(len(rows), scale=2.0, shift=0.5)


UNEVEN = ["..####..", ".#......", "...#####", "....##.."]


@probe(en="The defaults", zh="默认参数", dtypes=False, no_grad=True)
def values(impl, t: Tools):
    return impl.ppo_step(*models(t, 5), *rollout(t, 5, UNEVEN))


@probe(en="One epoch: the ratio is 1", zh="一个 epoch：ratio 等于 1", dtypes=False, no_grad=True)
def one_epoch(impl, t: Tools):
    return impl.ppo_step(*models(t, 7), *rollout(t, 7, UNEVEN), epochs=1, learning_rate=0.5)


@probe(en="Many epochs, beyond the clip", zh="多个 epoch，走出 clip 区间", dtypes=False, no_grad=True)
def many_epochs(impl, t: Tools):
    # one answer twice, once scored below the mean: there its tokens leave the clip the wrong way
    ids, mask, _ = rollout(t, 3, ["." + "#" * 7] * 3)
    ids[1] = ids[0]
    scores = torch.tensor([9.0, 1.0, -3.0]) + 0.3 * t.randn(3)
    return impl.ppo_step(*models(t, 3), ids, mask, scores, epochs=5, learning_rate=3.0, epsilon=0.1)


@probe(
    en="γ, λ and the coefficients far from their defaults",
    zh="γ、λ 和各系数远离默认值",
    dtypes=False,
    no_grad=True,
)
def other_coefficients(impl, t: Tools):
    arguments = (*models(t, 6), *rollout(t, 6, ["..#####", ".####..", "...##.."]))
    return [
        impl.ppo_step(*arguments, 2, 0.4, 1.0, 0.7, 0.6, 0.3, 1.5),
        impl.ppo_step(*arguments, gamma=0.5, value_coefficient=0.0),
        impl.ppo_step(*arguments, lam=0.0, beta=0.0, learning_rate=1.0),
    ]


@probe(en="A strong KL penalty", zh="很强的 KL 惩罚", dtypes=False, no_grad=True)
def strong_penalty(impl, t: Tools):
    arguments = rollout(t, 5, [".####.", "..##..", ".#####"])
    return impl.ppo_step(*models(t, 5), *arguments, beta=3.0, learning_rate=0.3)


@probe(
    en="Answers of one token; a single token in all",
    zh="只有一个 token 的回答；总共只有一个 token",
    dtypes=False,
    no_grad=True,
)
def single_tokens(impl, t: Tools):
    return [
        impl.ppo_step(*models(t, 5), *rollout(t, 5, ["..#.", ".#..", "...#"]), lam=0.5),
        impl.ppo_step(*models(t, 3), *rollout(t, 3, [".#"]), learning_rate=0.7),
    ]


@probe(
    en="As many rows as actions; no padding", zh="行数等于动作数；没有 padding", dtypes=False, no_grad=True
)
def square(impl, t: Tools):
    return impl.ppo_step(*models(t, 4), *rollout(t, 4, [".####"] * 4), epochs=3, learning_rate=0.6)


@probe(en="What is returned carries no graph", zh="返回值不带计算图", dtypes=False, no_grad=True)
def no_graph(impl, t: Tools):
    tables = [table.requires_grad_() for table in models(t, 4)]
    results = impl.ppo_step(*tables, *rollout(t, 4, ["..##", ".##."]))
    return [[value.requires_grad for value in results], results[0].detach(), results[2].detach()]
