"""Hidden tests of `kl_shaped_reward`: answers that begin and end anywhere, scores of either sign.

Rewards carry no graph, so there are no gradients to compare.
"""

import math

import torch

from llmprep.judge.probes import Tools, probe


def models(t: Tools, size: int, length: int):
    """Scores, and log-probabilities under the policy and the reference."""
    new = t.randn(size, length, shift=-3.0)
    return t.randn(size, scale=2.0), new, new + t.randn(size, length, scale=0.8)


def answers(rows):
    """A mask (B, T) from strings: # is a token of the answer."""
    return torch.tensor([[mark == "#" for mark in row] for row in rows])


@probe(en="Answers padded on the right", zh="右侧 padding 的回答", no_grad=True)
def right_padding(impl, t: Tools):
    return impl.kl_shaped_reward(*models(t, 4, 6), answers(["######", "###...", "#.....", "#####."]), 0.3)


@probe(
    en="Prompts before, and padding on either side", zh="前面有 prompt，两侧都可能有 padding", no_grad=True
)
def prompts_before(impl, t: Tools):
    mask = answers(["..#####", "...##..", "......#", ".####..", "#######"])
    return impl.kl_shaped_reward(*models(t, 5, 7), mask, 0.1)


@probe(en="As many answers as tokens", zh="回答数等于 token 数", no_grad=True)
def square(impl, t: Tools):
    return impl.kl_shaped_reward(*models(t, 4, 4), answers(["####", "##..", ".##.", "...#"]), 0.5)


@probe(en="Other β, and β = 0", zh="其他 β 与 β = 0", no_grad=True)
def other_beta(impl, t: Tools):
    arguments, mask = models(t, 3, 5), answers([".####", ".##..", ".#..."])
    return [impl.kl_shaped_reward(*arguments, mask, beta) for beta in (0.0, 0.02, 2.0)]


@probe(en="An answer without tokens", zh="没有 token 的回答", no_grad=True)
def no_tokens(impl, t: Tools):
    return impl.kl_shaped_reward(*models(t, 3, 4), answers([".##.", "....", "####"]), 0.4)


@probe(en="A mask with holes", zh="有空洞的 mask", no_grad=True)
def holes(impl, t: Tools):
    return impl.kl_shaped_reward(*models(t, 3, 7), answers([".##.##.", "#..#...", "##.#..#"]), 0.4)


@probe(en="Anything at all where mask is False", zh="mask 为 False 处可以是任何值", no_grad=True)
def garbage_outside(impl, t: Tools):
    scores, new, reference = models(t, 3, 6)
    new[:, 0], reference[:, 0] = -math.inf, -math.inf
    new[:, -1], reference[:, -1] = -math.inf, 0.0
    return impl.kl_shaped_reward(scores, new, reference, answers([".####.", ".#....", "..##.."]), 0.2)


@probe(en="The rewards carry no graph", zh="奖励不带计算图", no_grad=True, dtypes=False)
def constants(impl, t: Tools):
    scores, new, reference = models(t, 2, 4)
    rewards = impl.kl_shaped_reward(scores, new.requires_grad_(), reference, answers(["####", "##.."]), 0.2)
    return rewards.requires_grad
