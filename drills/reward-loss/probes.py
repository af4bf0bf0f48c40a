"""Hidden tests of the reward of a padded sequence and of the loss of pairs ranked rightly and wrongly."""

import torch

from llmprep.judge.probes import Tools, probe


def padded(rows):
    """A mask (B, T) from strings: # is a real token, . is padding."""
    return torch.tensor([[mark == "#" for mark in row] for row in rows])


@probe(en="Right padding: the last real token", zh="右侧 padding：最后一个真实 token")
def right_padding(impl, t: Tools):
    return impl.last_token_reward(t.randn(4, 6), padded(["######", "###...", "#.....", "#####."]))


@probe(en="Left padding, and padding on both sides", zh="左侧 padding，以及两侧都有")
def left_padding(impl, t: Tools):
    mask = padded(["..#####", "......#", "#######", ".###...", ".....#."])
    return impl.last_token_reward(t.randn(5, 7), mask)


@probe(en="A sequence of one token", zh="只有一个 token 的序列")
def one_token(impl, t: Tools):
    return impl.last_token_reward(t.randn(3, 1), padded(["#", "#", "#"]))


def pairs(t: Tools, n: int):
    """Rewards of chosen and rejected answers; the first pair is ranked wrongly, so that no loss is tiny."""
    chosen, rejected = t.randn(n, scale=2.0), t.randn(n, scale=2.0)
    rejected[0] = chosen[0] + t.rand(1, low=0.5, high=2.0)[0]
    return chosen, rejected


@probe(en="The loss without a margin", zh="没有 margin 的 loss")
def values(impl, t: Tools):
    return [impl.reward_loss(*pairs(t, n)) for n in (1, 6)]


@probe(en="A margin for all pairs", zh="所有对共用一个 margin")
def one_margin(impl, t: Tools):
    arguments = pairs(t, 5)
    return [impl.reward_loss(*arguments, margin) for margin in (0.0, 0.4, 2)]


@probe(en="A margin for each pair", zh="每一对各有 margin", no_grad=True)
def margins(impl, t: Tools):
    return impl.reward_loss(*pairs(t, 6), t.rand(6, high=3.0))


@probe(en="Differences of hundreds", zh="奖励差达到 ±几百", dtypes=False)
def large_differences(impl, t: Tools):
    rejected = t.randn(6)
    apart = torch.tensor([300.0, -300.0, 100.0, -100.0, 40.0, -18.0]) + t.randn(6)
    return [impl.reward_loss(rejected + apart, rejected, margin) for margin in (None, 1.5)]


@probe(en="Confident pairs", zh="差距明显、排对了的一对", dtypes=False)
def confident(impl, t: Tools):
    rejected = t.randn(3)
    return [impl.reward_loss(rejected + gap, rejected) for gap in (4.0, 8.0)]
