"""Hidden tests of `ppo_policy_loss`: ratios on both sides of the clip, under either sign of the advantage."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def answers(t: Tools, size: int, length: int, spread: float = 0.4):
    """Log-probabilities after and before some updates, advantages, and answers of different lengths."""
    old = t.randn(size, length, shift=-3.0)
    lengths = torch.tensor([t.integer(2, length + 1) for _ in range(size)])
    lengths[0] = length - 1
    mask = torch.arange(length) < lengths[:, None]
    # more below zero than above, or the sum cancels to what bfloat16 has lost
    return old + t.randn(size, length, scale=spread), old, t.randn(size, length, shift=-0.8), mask


@probe(en="Ratios on both sides of the clip", zh="clip 两侧的 ratio 都有")
def values(impl, t: Tools):
    return impl.ppo_policy_loss(*answers(t, 3, 7))


@probe(en="Other ε", zh="其他 ε")
def other_epsilon(impl, t: Tools):
    arguments = answers(t, 2, 6)
    return [impl.ppo_policy_loss(*arguments, epsilon) for epsilon in (0.05, 0.3, 0.6)]


@probe(
    en="Below, within, above the clip, times positive and negative advantage",
    zh="低于、处于、高于 clip 区间 × 正、负优势",
)
def every_case(impl, t: Tools):
    ratios = torch.tensor([0.5, 0.95, 1.05, 1.7])
    log_ratio = ratios.log()[None] + t.rand(1, 4, high=0.02)
    old, size = t.randn(1, 4, shift=-2.0), t.rand(1, 4, low=0.5, high=2.0)
    mask = torch.ones(1, 4, dtype=torch.bool)
    return [impl.ppo_policy_loss(old + log_ratio, old, sign * size, mask) for sign in (1.0, -1.0)]


@probe(en="The first update: the ratio is 1", zh="第一次更新：ratio 等于 1")
def first_update(impl, t: Tools):
    _, old, advantages, mask = answers(t, 3, 5)
    return impl.ppo_policy_loss(old.clone(), old, advantages, mask)


@probe(en="Answers of very different lengths", zh="回答长度相差很大")
def uneven_lengths(impl, t: Tools):
    log_probs, old, advantages, _ = answers(t, 3, 8)
    mask = torch.zeros(3, 8, dtype=torch.bool)
    mask[0, 2:4] = True
    mask[1, 1:] = True
    mask[2, 5] = True
    return impl.ppo_policy_loss(log_probs, old, advantages, mask)


@probe(en="Anything at all where the mask is False", zh="mask 为 False 处可以是任何值", dtypes=False)
def garbage_in_padding(impl, t: Tools):
    log_probs, old, advantages, mask = answers(t, 3, 6)
    mask[:, -2:] = False
    for column, (new, before) in zip((-2, -1), ((0.0, -5000.0), (-math.inf, -math.inf)), strict=True):
        log_probs[:, column], old[:, column] = new, before
    return impl.ppo_policy_loss(log_probs, old, advantages, mask)


@probe(en="No token counts, and a single one", zh="没有 token 计入，以及只有一个")
def hardly_any(impl, t: Tools):
    log_probs, old, advantages, mask = answers(t, 2, 4, spread=0.05)
    none = torch.zeros_like(mask)
    one = none.clone()
    one[1, 2] = True
    return [impl.ppo_policy_loss(log_probs, old, advantages, chosen) for chosen in (none, one)]
